package lethe.device;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import lethe.core.account.DeviceList;
import lethe.core.identity.DeviceId;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.core.protocol.PrekeyBodies;
import lethe.device.keys.KeptPrekeys;
import lethe.device.keys.Refill;
import lethe.device.letters.Sealed;
import lethe.device.letters.Sealery;
import lethe.device.store.Identity;
import lethe.device.store.MemoryLedger;
import lethe.device.store.MemorySlot;
import lethe.device.trust.TrustBook;
import lethe.seal.Opener;
import lethe.seal.Opening;
import lethe.seal.Pin;
import lethe.seal.content.Content;
import lethe.seal.content.Letter;

/** Somebody with one device, who writes and reads without a session of their own. */
public final class Peer {
    private final Clock clock;
    private final Random random;
    public final Identity identity;
    public final DeviceList list;
    private final TrustBook book = TrustBook.open(new MemorySlot());
    private final KeptPrekeys kept = KeptPrekeys.open(new MemorySlot(), new MemoryLedger());
    private final Directory directory;

    /** Somebody who has opted in and published prekeys. */
    public Peer(int number, Directory directory, Clock clock) {
        this(Identity.draw(new Random(number)), number, directory, clock);
    }

    public Peer(Identity identity, int number, Directory directory, Clock clock) {
        this(identity, 1, number, directory, clock);
    }

    /** Whose list has a version. */
    Peer(Identity identity, long version, int number, Directory directory, Clock clock) {
        this.clock = clock;
        this.random = new Random(number);
        this.identity = identity;
        this.directory = directory;
        this.list = identity.list(version, List.of(identity.listed())).orElseThrow();
        book.own(identity.tag(), new Pin(identity.account().orElseThrow(), list));
        directory.show(identity.tag(), identity.account().orElseThrow(), list);
        directory.publish(
                identity.device(),
                new Refill(kept, identity, clock, random)
                        .refill(new PrekeyBodies.PrekeysLeft(0, true, null, List.of())));
    }

    public Tag tag() {
        return identity.tag();
    }

    /** An envelope for the one device of somebody whom the directory shows. */
    public Opaque write(Tag to, DeviceId device, String text) {
        return write(to, device, new Content.Text(text));
    }

    public Opaque write(Tag to, DeviceId device, Content content) {
        PrekeyBodies.Bundle bundle = directory.bundle(to, List.of(2, 1)).orElseThrow();
        book.learn(to, bundle.account(), bundle.list());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Letter letter = new Letter(new MessageId(Given.bytes(random, MessageId.LENGTH)), now, content);
        Sealed sealed = new Sealery(identity, book, random).seal(to, bundle, letter, now, Set.of(device));
        return Objects.requireNonNull(((Sealed.Envelopes) sealed).envelopes().get(device));
    }

    /** What an envelope says, from whomever the directory shows at its sender's address. */
    public Opening.Opened read(Opaque envelope) {
        Opening opening = new Opener(identity.tag(), kept, book).open(envelope);
        if (opening instanceof Opening.Opened opened) {
            return opened;
        }
        throw new AssertionError("cannot be opened: " + opening);
    }

    public String text(Opaque envelope) {
        return ((Content.Text) read(envelope).letter().content()).body();
    }
}
