package lethe.loadtest.envelopes;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import lethe.core.account.Device;
import lethe.core.account.DeviceList;
import lethe.core.identity.DeviceId;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.seal.DeviceCertificate;
import lethe.seal.Pin;
import lethe.seal.Sealer;
import lethe.seal.Sealing;
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

/** Somebody with an account, one phone, its prekeys, and pins of others. */
final class Correspondent {
    static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    private final RandomGenerator random;
    private final SigningKey key;
    private final DeviceCertificate certificate;
    private final Map<Tag, Pin> pins = new HashMap<>();
    private final MemoryPrekeyStore prekeys = new MemoryPrekeyStore();
    private final Sealer sealer;
    private final Door door;
    private int drawn;

    Correspondent(RandomGenerator random, Door.Maker doors) {
        this(new Tag(bytes(random, Tag.LENGTH)), random, doors);
    }

    /** Somebody who claims an address, whosever it is. */
    Correspondent(Tag tag, RandomGenerator random, Door.Maker doors) {
        this.random = random;
        SigningKey account = SigningKey.draw(random);
        key = SigningKey.draw(random);
        Device device = new Device(new DeviceId(bytes(random, DeviceId.LENGTH)), key.publicKey());
        certificate = vouched(tag, account, device);
        sealer = new Sealer(certificate, key, random);
        door = doorAt(tag, doors);
    }

    /** A door that this phone's prekeys open, at some address. */
    Door doorAt(Tag tag, Door.Maker doors) {
        return doors.make(tag, prekeys, whose -> Optional.ofNullable(pins.get(whose)));
    }

    private static DeviceCertificate vouched(Tag tag, SigningKey account, Device device) {
        List<Device> devices = List.of(device);
        Opaque signature = account.sign(DeviceList.statement(tag, account.publicKey(), 1, devices));
        return new DeviceCertificate(tag, account.publicKey(), new DeviceList(1, devices, signature), device.id());
    }

    static Opaque bytes(RandomGenerator random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Opaque.wrap(bytes);
    }

    Tag tag() {
        return certificate.tag();
    }

    DeviceCertificate certificate() {
        return certificate;
    }

    void pin(Correspondent other) {
        pins.put(other.tag(), Pin.of(other.certificate));
    }

    /** Publishes a new prekey. */
    PrekeyPair publish(PrekeyKind kind, Suite suite) {
        PrekeyPair pair = PrekeyPair.draw(tag(), key, new PrekeyId(drawn++), kind, suite, NOW, random);
        prekeys.keep(pair.secret());
        return pair;
    }

    void forget(PrekeyId id) {
        prekeys.destroy(id);
    }

    /** What whoever wants to seal to this phone makes of a prekey that it is given for it. */
    PrekeyVerdict check(Prekey given) {
        return given.judge(tag(), certificate.itself(), NOW);
    }

    CheckedPrekey checked(PrekeyPair own) {
        if (check(own.published()) instanceof PrekeyVerdict.Usable usable) {
            return usable.prekey();
        }
        throw new IllegalStateException("a phone's own prekey is not usable");
    }

    Opaque seal(CheckedPrekey to, String text) {
        Letter letter = new Letter(new MessageId(bytes(random, MessageId.LENGTH)), NOW, new Content.Text(text));
        if (sealer.seal(to, letter) instanceof Sealing.Sealed sealed) {
            return sealed.envelope();
        }
        throw new IllegalStateException("a short text is not sealed");
    }

    Door door() {
        return door;
    }
}
