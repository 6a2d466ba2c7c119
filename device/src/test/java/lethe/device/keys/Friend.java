package lethe.device.keys;

import java.util.List;
import java.util.Random;
import lethe.core.account.Device;
import lethe.core.account.DeviceList;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.core.protocol.PrekeyBodies.BundledPrekey;
import lethe.device.Given;
import lethe.device.store.Identity;
import lethe.seal.DeviceCertificate;
import lethe.seal.Pin;
import lethe.seal.Sealer;
import lethe.seal.Sealing;
import lethe.seal.content.Content;
import lethe.seal.content.Letter;
import lethe.seal.prekey.Prekey;
import lethe.seal.prekey.PrekeyVerdict;

/** Somebody who writes. */
final class Friend {
    final Identity identity;
    private final Random random;
    private final DeviceList list;

    Friend(Random random) {
        this.random = random;
        identity = Identity.draw(random);
        list = identity.list(1, List.of(identity.listed())).orElseThrow();
    }

    Pin pin() {
        return new Pin(identity.account().orElseThrow(), list);
    }

    Letter letter() {
        return new Letter(new MessageId(Given.bytes(random, MessageId.LENGTH)), Given.NOW, new Content.Text("hello"));
    }

    Opaque seal(Tag to, Device device, BundledPrekey given, Letter letter) {
        Prekey prekey = Prekey.decode(given.prekey().body()).orElseThrow();
        PrekeyVerdict.Usable usable = (PrekeyVerdict.Usable) prekey.judge(to, device, Given.NOW);
        DeviceCertificate own =
                new DeviceCertificate(identity.tag(), identity.account().orElseThrow(), list, identity.device());
        Sealing sealing = new Sealer(own, new DeviceSigner(identity), random).seal(usable.prekey(), letter);
        return ((Sealing.Sealed) sealing).envelope();
    }
}
