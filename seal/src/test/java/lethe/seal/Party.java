package lethe.seal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import lethe.core.account.Device;
import lethe.core.account.DeviceList;
import lethe.core.identity.DeviceId;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.seal.content.Content;
import lethe.seal.content.Letter;
import lethe.seal.crypto.SigningKey;
import lethe.seal.crypto.Suite;
import lethe.seal.prekey.CheckedPrekey;
import lethe.seal.prekey.MemoryPrekeyStore;
import lethe.seal.prekey.Prekey;
import lethe.seal.prekey.PrekeyId;
import lethe.seal.prekey.PrekeyKind;
import lethe.seal.prekey.PrekeyPair;
import lethe.seal.prekey.PrekeyVerdict;

/** Somebody with an account, a phone or several, and what they know of others. */
final class Party {
    static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    final Random random;
    final Tag tag;
    final SigningKey account;
    final List<SigningKey> keys = new ArrayList<>();
    final List<Device> devices = new ArrayList<>();
    final Map<Tag, Pin> pins = new HashMap<>();
    final MemoryPrekeyStore store = new MemoryPrekeyStore();
    long version = 1;
    private int prekeys;

    Party(long seed) {
        random = new Random(seed);
        tag = new Tag(bytes(32));
        account = SigningKey.draw(random);
        addDevice();
    }

    Opaque bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Opaque.wrap(bytes);
    }

    void addDevice() {
        SigningKey key = SigningKey.draw(random);
        keys.add(key);
        devices.add(new Device(new DeviceId(bytes(16)), key.publicKey()));
    }

    DeviceList list() {
        return list(account, version, devices);
    }

    DeviceList list(SigningKey signer, long counted, List<Device> listed) {
        return new DeviceList(
                counted, listed, signer.sign(DeviceList.statement(tag, signer.publicKey(), counted, listed)));
    }

    DeviceCertificate certificate() {
        return new DeviceCertificate(
                tag, account.publicKey(), list(), devices.get(0).id());
    }

    Sealer sealer() {
        return new Sealer(certificate(), keys.get(0), random);
    }

    Opener opener() {
        return new Opener(tag, store, whose -> Optional.ofNullable(pins.get(whose)));
    }

    void pin(Party other) {
        pins.put(other.tag, Pin.of(other.certificate()));
    }

    /** A new prekey of the first device, checked as whoever seals to it does. */
    CheckedPrekey prekey(PrekeyKind kind, Suite suite) {
        PrekeyPair pair = PrekeyPair.draw(tag, keys.get(0), new PrekeyId(prekeys++), kind, suite, NOW, random);
        store.keep(pair.secret());
        return check(pair.published());
    }

    CheckedPrekey check(Prekey prekey) {
        return ((PrekeyVerdict.Usable) prekey.judge(tag, devices.get(0), NOW)).prekey();
    }

    Letter letter(Content content) {
        return new Letter(new MessageId(bytes(16)), NOW, content);
    }

    Letter text(String body) {
        return letter(new Content.Text(body));
    }

    Opaque seal(CheckedPrekey to, Letter letter) {
        return sealed(sealer().seal(to, letter));
    }

    static Opaque sealed(Sealing sealing) {
        return ((Sealing.Sealed) sealing).envelope();
    }
}
