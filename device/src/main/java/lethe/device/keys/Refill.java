package lethe.device.keys;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import lethe.core.prekey.DevicePrekeys;
import lethe.core.prekey.Prekey;
import lethe.core.prekey.PrekeyBatch;
import lethe.core.protocol.PrekeyBodies.PrekeysLeft;
import lethe.device.prekeys.PrekeySource;
import lethe.device.store.Identity;
import lethe.seal.crypto.Signer;
import lethe.seal.crypto.Suite;
import lethe.seal.prekey.PrekeyId;
import lethe.seal.prekey.PrekeyKind;
import lethe.seal.prekey.PrekeyPair;

/**
 * Makes a phone's prekeys: up to {@link #ONE_TIME} one-time ones of the suite that all devices prefer, and one of last
 * resort in each suite, replaced when it is a week old or worn out. Safe for use by many threads.
 *
 * <p>What the broker has not heard of is offered again, byte by byte, before others are made.
 */
public final class Refill implements PrekeySource {
    /** One-time prekeys that a phone wants to have at its broker: as many as three accounts get at once. */
    public static final int ONE_TIME = 60;

    private static final Duration REPLACED = Duration.ofDays(7);
    /** A broker keeps a prekey for 30 days: what cannot be sealed to for as long is not offered any more. */
    private static final Duration WORTH_OFFERING = Duration.ofDays(30);

    /** Ids that a phone may have given since its backup was made. */
    private static final long BELIEVED = 1 << 20;
    /** The same once it has made some: less than a backup can be behind, and too few to use all ids up. */
    private static final long BELIEVED_LATER = 4_096;

    private static final long IDS = 1L << Integer.SIZE;

    private final KeptPrekeys kept;
    private final Identity identity;
    private final Clock clock;
    private final RandomGenerator random;

    /**
     * A source for one phone at one address; another address wants another source.
     *
     * @param identity signs
     * @param random a cryptographically strong source
     */
    public Refill(KeptPrekeys kept, Identity identity, Clock clock, RandomGenerator random) {
        this.kept = kept;
        this.identity = identity;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Whether there is something to publish, whatever the broker has: a prekey of last resort is missing, a week old,
     * or worn out, or what was made has not been seen at the broker yet. A phone that stays connected asks this now and
     * then, at most once in some minutes: it stays true while publishing fails.
     */
    public boolean due(Instant now) {
        boolean replace = Stream.of(Suite.values()).anyMatch(suite -> wants(suite, now));
        return replace || kept.unpublished().stream().anyMatch(each -> isWorthOffering(each, now));
    }

    /**
     * As {@link PrekeySource} says. A phone that was restored from a backup goes on above what the broker has heard of;
     * a broker that names an id far above all that were given is not followed, so that it cannot use them up.
     */
    @Override
    public synchronized PrekeyBatch refill(PrekeysLeft left) {
        Instant now = clock.instant();
        long highest = left.highest() == null ? -1 : left.highest();
        kept.heard(highest);
        kept.tidy(now);
        if (highest - kept.next() < (kept.next() == 0 ? BELIEVED : BELIEVED_LATER)) {
            make(Math.max(kept.next(), highest + 1), left, now);
        }
        return batch(DevicePrekeys.MOST - left.oneTime(), now);
    }

    private void make(long first, PrekeysLeft left, Instant now) {
        List<KeptSecret> made = new ArrayList<>();
        for (Suite suite : Suite.values()) {
            if (wants(suite, now) || isMissing(suite, left, now)) {
                draw(first + made.size(), PrekeyKind.LAST_RESORT, suite, now).ifPresent(made::add);
            }
        }
        int missing = missing(left, now);
        for (int i = 0; i < missing; i++) {
            draw(first + made.size(), PrekeyKind.ONE_TIME, Suite.PREFERRED, now).ifPresent(made::add);
        }
        if (!made.isEmpty()) {
            kept.add(made);
        }
    }

    private Optional<KeptSecret> draw(long id, PrekeyKind kind, Suite suite, Instant now) {
        return id < IDS
                ? Optional.of(KeptSecret.of(
                        PrekeyPair.draw(identity.tag(), signer(), PrekeyId.of(id), kind, suite, now, random)))
                : Optional.empty();
    }

    private boolean wants(Suite suite, Instant now) {
        return kept.youngest(PrekeyKind.LAST_RESORT, suite)
                .filter(each -> now.isBefore(each.made().plus(REPLACED)))
                .filter(each -> !kept.isWornOut(each.secret().id()))
                .isEmpty();
    }

    /** The broker has lost it. */
    private boolean isMissing(Suite suite, PrekeysLeft left, Instant now) {
        boolean there = left.suites().stream().anyMatch(each -> each.suite() == suite.code() && each.lastResort());
        return !there && offered(now).noneMatch(each -> each.is(PrekeyKind.LAST_RESORT, suite));
    }

    private int missing(PrekeysLeft left, Instant now) {
        long offered = offered(now).filter(each -> each.is(PrekeyKind.ONE_TIME)).count();
        int there = left.suites().stream()
                .filter(each -> each.suite() == Suite.PREFERRED.code())
                .mapToInt(each -> each.oneTime())
                .sum();
        return (int) Math.min(ONE_TIME - there - offered, DevicePrekeys.MOST - left.oneTime() - offered);
    }

    private PrekeyBatch batch(int room, Instant now) {
        return new PrekeyBatch(
                offered(now)
                        .filter(each -> each.is(PrekeyKind.ONE_TIME))
                        .limit(Math.max(0, room))
                        .flatMap(each -> published(each).stream())
                        .toList(),
                Stream.of(Suite.values())
                        .flatMap(suite -> kept.youngest(PrekeyKind.LAST_RESORT, suite).stream())
                        .filter(each -> kept.isUnpublished(each) && isWorthOffering(each, now))
                        .flatMap(each -> published(each).stream())
                        .toList());
    }

    private Stream<KeptSecret> offered(Instant now) {
        return kept.unpublished().stream().filter(each -> isWorthOffering(each, now));
    }

    private boolean isWorthOffering(KeptSecret unpublished, Instant now) {
        return unpublished.is(PrekeyKind.ONE_TIME)
                ? now.isBefore(unpublished.expires().minus(WORTH_OFFERING))
                : now.isBefore(unpublished.made().plus(REPLACED));
    }

    private Optional<Prekey> published(KeptSecret each) {
        return each.secret()
                .publish(identity.tag(), signer(), each.expires())
                .map(prekey -> new Prekey(prekey.suite().code(), each.number(), prekey.encode()));
    }

    private Signer signer() {
        return new DeviceSigner(identity);
    }
}
