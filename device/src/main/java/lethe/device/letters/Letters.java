package lethe.device.letters;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import lethe.core.account.Device;
import lethe.core.block.Evidence;
import lethe.core.identity.DeviceId;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.core.protocol.PrekeyBodies.Bundle;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.device.inbox.Admission;
import lethe.device.keys.KeptPrekeys;
import lethe.device.outbox.SealAnswer;
import lethe.device.prekeys.BundleResult;
import lethe.device.prekeys.PrekeyClient;
import lethe.device.trust.Learned;
import lethe.device.trust.TrustBook;
import lethe.seal.DeviceCertificate;
import lethe.seal.Opener;
import lethe.seal.Opening;
import lethe.seal.Trust;
import lethe.seal.chunk.ChunkHeader;
import lethe.seal.content.Letter;
import lethe.seal.crypto.Suite;
import lethe.seal.prekey.PrekeyUse;

/**
 * Seals letters to what a broker hands out, and opens envelopes, as far as either is believed: no key is used that its
 * account does not vouch for, and no account in place of one that the owner has verified.
 */
public final class Letters implements Correspondence {
    private static final List<Integer> SUITES =
            Stream.of(Suite.X_WING, Suite.X25519).map(Suite::code).toList();

    /** For a question about the account alone: no prekey has it, so none is taken. */
    private static final List<Integer> NO_SUITE = List.of(255);

    /** The owner decides meanwhile, and then it goes at once. */
    private static final Duration UNTIL_DECIDED = Duration.ofDays(1);
    /** A broker that does not tell the truth may do so again later. */
    private static final Duration AFTER_A_LIE = Duration.ofSeconds(30);

    private static final int MOST_EXAMINED = 16;

    private final Tag own;
    private final Sealery sealery;
    private final Opener opener;
    private final KeptPrekeys kept;
    private final TrustBook book;
    private final PrekeyClient broker;
    private final Clock clock;
    private final Consumer<Notice> notices;
    private final Consumer<Opaque> chunks;
    /** What was found good and not taken, the last few: one that a broker was asked about, and one that it was not. */
    private final Map<Admission.Good, Opening.Opened> examined = new LinkedHashMap<>();
    /** Of whom nothing has been taken since they were met. */
    private final Set<Tag> met = ConcurrentHashMap.newKeySet();

    /**
     * For one phone at one address.
     *
     * @param own its address
     * @param kept what was used in the last life has been applied
     * @param notices called from any thread
     * @param chunks what comes of larger files; called on the strand
     */
    public Letters(
            Tag own,
            Sealery sealery,
            KeptPrekeys kept,
            TrustBook book,
            PrekeyClient broker,
            Clock clock,
            Consumer<Notice> notices,
            Consumer<Opaque> chunks) {
        this.own = own;
        this.sealery = sealery;
        this.opener = new Opener(own, kept, book);
        this.kept = kept;
        this.book = book;
        this.broker = broker;
        this.clock = clock;
        this.notices = notices;
        this.chunks = chunks;
    }

    @Override
    public CompletionStage<SealAnswer> seal(Tag to, Opaque letter, Set<DeviceId> devices) {
        Letter written = Letter.decode(letter).orElseThrow();
        if (book.isHeld(to)) {
            return CompletableFuture.completedFuture(new SealAnswer.NotNow(UNTIL_DECIDED));
        }
        return broker.bundle(to, SUITES, null).thenApply(result -> {
            if (result instanceof BundleResult.Good good) {
                return seal(to, good.bundle(), written, devices);
            }
            if (result instanceof BundleResult.NotBelieved) {
                return notBelieved(to, Notice.Why.FORGED);
            }
            return result instanceof BundleResult.Refused refused
                    ? refused(refused.problem())
                    : new SealAnswer.NotNow(null);
        });
    }

    private static SealAnswer refused(Problem problem) {
        return problem.type() == ProblemType.NOT_FOUND
                ? new SealAnswer.Nobody()
                : new SealAnswer.NotNow(problem.retryAfter());
    }

    private SealAnswer notBelieved(Tag to, Notice.Why why) {
        notices.accept(new Notice.NotBelieved(to, why));
        return new SealAnswer.NotNow(AFTER_A_LIE);
    }

    private SealAnswer seal(Tag to, Bundle bundle, Letter letter, Set<DeviceId> devices) {
        Learned learned = learn(to, bundle);
        if (learned == Learned.ACCOUNT_CHANGED_HELD) {
            return new SealAnswer.NotNow(UNTIL_DECIDED);
        }
        if (!learned.isPinned()) {
            return new SealAnswer.NotNow(AFTER_A_LIE);
        }
        Sealed sealed = devices.isEmpty()
                ? sealery.seal(to, bundle, letter, clock.instant())
                : sealery.seal(to, bundle, letter, clock.instant(), devices);
        return sealed instanceof Sealed.Envelopes envelopes
                ? answer(to, bundle, envelopes)
                : new SealAnswer.NotNow(null); // pinned anew since, or this phone does not know its account yet
    }

    private SealAnswer answer(Tag to, Bundle bundle, Sealed.Envelopes sealed) {
        Map<DeviceId, LeftOut> leftOut = sealed.leftOut();
        if (leftOut.containsValue(LeftOut.TOO_LARGE)) {
            return new SealAnswer.TooLarge();
        }
        if (leftOut.containsValue(LeftOut.FORGED) || leftOut.containsValue(LeftOut.SEVERAL_PREKEYS)) {
            notices.accept(new Notice.NotBelieved(to, Notice.Why.FORGED_PREKEY));
        }
        List<DeviceId> all = bundle.list().devices().stream().map(Device::id).toList();
        return new SealAnswer.Envelopes(bundle.list().version(), all, sealed.envelopes());
    }

    /** Learns what a broker says of an address, and tells the owner what there is to tell. */
    private Learned learn(Tag tag, Bundle bundle) {
        // A list of far in the future would keep every later account out of the address.
        Learned learned = bundle.list().isAhead(clock.instant())
                ? Learned.FORGED
                : book.learn(tag, bundle.account(), bundle.list());
        switch (learned) {
            case ACCOUNT_CHANGED -> notices.accept(new Notice.AccountChanged(tag, false));
            case ACCOUNT_CHANGED_HELD -> notices.accept(new Notice.AccountChanged(tag, true));
            case FORGED -> notices.accept(new Notice.NotBelieved(tag, Notice.Why.FORGED));
            case OLDER_LIST -> notices.accept(new Notice.NotBelieved(tag, Notice.Why.OLDER_LIST));
            case TWO_LISTS -> notices.accept(new Notice.NotBelieved(tag, Notice.Why.TWO_LISTS));
            case NEW -> met.add(tag);
            case SAME, NEWER_DEVICES, FULL -> {}
        }
        return learned;
    }

    /**
     * What comes from a stranger, or from another account than the one that is pinned, is opened only if the broker
     * says as well that the address is that account's.
     */
    @Override
    public CompletionStage<Admission> examine(MessageId id, Opaque body) {
        if (ChunkHeader.isChunk(body)) {
            return CompletableFuture.completedFuture(passOn(body));
        }
        Opening found = opener.examine(body);
        Optional<Tag> doubtful = addressInDoubt(found);
        return doubtful.isEmpty()
                ? CompletableFuture.completedFuture(admit(found, Evidence.proof(id, body)))
                : broker.bundle(doubtful.get(), NO_SUITE, null)
                        .thenApply(result -> examineAgain(id, body, doubtful.get(), result));
    }

    @Override
    public Admission examineAlone(MessageId id, Opaque body) {
        if (ChunkHeader.isChunk(body)) {
            return passOn(body);
        }
        Opening found = opener.examine(body);
        return addressInDoubt(found).isEmpty() ? admit(found, Evidence.proof(id, body)) : new Admission.NotNow(null);
    }

    private Admission passOn(Opaque chunk) {
        chunks.accept(chunk);
        return new Admission.Fleeting();
    }

    private Optional<Tag> addressInDoubt(Opening found) {
        return doubtful(found).map(DeviceCertificate::tag).filter(tag -> !tag.equals(own));
    }

    private static Optional<DeviceCertificate> doubtful(Opening found) {
        if (found instanceof Opening.Opened opened) {
            return opened.acquaintance() == Trust.Acquaintance.STRANGER
                    ? Optional.of(opened.sender())
                    : Optional.empty();
        }
        return ((Opening.Unopenable) found).claimed();
    }

    private Admission examineAgain(MessageId id, Opaque body, Tag sender, BundleResult result) {
        if (result instanceof BundleResult.Good good) {
            learn(sender, good.bundle());
            Opening found = opener.examine(body);
            boolean stranger =
                    found instanceof Opening.Opened opened && opened.acquaintance() == Trust.Acquaintance.STRANGER;
            return stranger ? new Admission.Refused() : admit(found, Evidence.proof(id, body));
        }
        Problem problem = result instanceof BundleResult.Refused refused ? refused.problem() : null;
        boolean nobody = problem != null && problem.type() == ProblemType.NOT_FOUND;
        if (nobody || result instanceof BundleResult.NotBelieved) {
            return refuse(Opening.Reason.OTHER_ACCOUNT);
        }
        return new Admission.NotNow(problem == null ? null : problem.retryAfter());
    }

    private Admission admit(Opening found, Opaque proof) {
        if (found instanceof Opening.Unopenable unopenable) {
            return refuse(unopenable.reason());
        }
        Opening.Opened opened = (Opening.Opened) found;
        DeviceCertificate sender = opened.sender();
        if (opened.acquaintance() == Trust.Acquaintance.NEWER_DEVICES) {
            if (sender.list().isAhead(clock.instant())) {
                return refuse(Opening.Reason.FORGED_LIST);
            }
            book.learn(sender.tag(), sender.account(), sender.list());
        }
        boolean first = met.contains(sender.tag());
        ReceivedLetter received = new ReceivedLetter(sender.tag(), sender.device(), proof, first, opened.letter());
        Admission.Good good = new Admission.Good(received.encode(), opened.use().encode(), received.name());
        remember(good, opened);
        return good;
    }

    private void remember(Admission.Good good, Opening.Opened opened) {
        synchronized (examined) {
            examined.put(good, opened);
            if (examined.size() > MOST_EXAMINED) {
                examined.remove(examined.keySet().iterator().next());
            }
        }
    }

    private Admission refuse(Opening.Reason reason) {
        notices.accept(new Notice.Unopenable(reason));
        return new Admission.Refused();
    }

    @Override
    public boolean take(Admission.Good good) {
        Opening.Opened opened;
        synchronized (examined) {
            opened = examined.remove(good);
        }
        if (opened == null || !(opener.take(opened) instanceof Opening.Opened)) {
            return false;
        }
        met.remove(opened.sender().tag());
        return true;
    }

    @Override
    public void written() {
        kept.flush();
    }

    @Override
    public void takenBefore(Opaque use) {
        PrekeyUse.decode(use).ifPresent(kept::apply);
    }
}
