package lethe.persistence.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class EpochKeysTest {
    private static final Duration LENGTH = Duration.ofMinutes(5);

    private final Epochs epochs = new Epochs(LENGTH);
    private final MovableClock clock = new MovableClock(Instant.parse("2026-11-28T10:07:00Z"));
    private final Kept escrow = new Kept();

    @Test
    void hasTheNextKeyBeforeItsTime() throws IOException {
        EpochKeys keys = open();
        long first = keys.current();
        clock.advance(LENGTH);

        assertThat(keys.current()).isEqualTo(first + 1);
    }

    /** The keeper was late: better an old key than no message. */
    @Test
    void goesOnWithTheLastKeyUntilThereIsAnother() throws IOException {
        EpochKeys keys = open();
        long first = keys.current();
        clock.advance(LENGTH.multipliedBy(7));

        assertThat(keys.current()).isEqualTo(first + 1);
        keys.prepare();
        assertThat(keys.current()).isEqualTo(first + 7);
    }

    @Test
    void goesOnWhenTheClockIsSetBack() throws IOException {
        EpochKeys keys = open();
        long first = keys.current();
        clock.advance(LENGTH.multipliedBy(-7));
        assertThat(keys.current()).isEqualTo(first);

        keys.prepare();
        assertThat(keys.current()).isEqualTo(first);
        assertThat(keys.overdue()).isEmpty();
    }

    @Test
    void namesKeysThatAreOverForAnEpoch() throws IOException {
        EpochKeys keys = open();
        long first = keys.current();
        clock.advance(LENGTH);
        assertThat(keys.overdue()).isEmpty();

        clock.advance(LENGTH);
        assertThat(keys.overdue()).containsExactly(first);
    }

    @Test
    void growsOlderUntilItForgets() throws IOException {
        EpochKeys keys = open();
        assertThat(keys.oldestAge()).contains(Duration.ofMinutes(2));
        clock.advance(LENGTH);
        keys.prepare();
        assertThat(keys.oldestAge()).contains(Duration.ofMinutes(7));

        keys.forget(keys.current() - 1);
        assertThat(keys.oldestAge()).contains(Duration.ofMinutes(2));
        keys.leave();
        assertThat(keys.oldestAge()).isEmpty();
    }

    /** The escrow took no other for a day: what waits is still sealed under it. */
    @Test
    void neverNamesTheKeyThatIsUsed() throws IOException {
        EpochKeys keys = open();
        long last = keys.current() + 1;
        clock.advance(LENGTH.multipliedBy(300));

        assertThat(keys.current()).isEqualTo(last);
        assertThat(keys.overdue()).containsExactly(last - 1);
    }

    /** Nobody has renewed anything while there was no newer key, whatever the sweep has passed. */
    @Test
    void waitsForRenewalsFromWhenThereIsANewerKey() throws IOException {
        EpochKeys keys = open();
        long last = keys.current() + 1;
        clock.advance(LENGTH.multipliedBy(300));
        keys.prepare();

        assertThat(keys.overdue()).contains(last);
        assertThat(keys.renewed(last)).isEqualTo(clock.instant().plus(LENGTH.dividedBy(2)));
    }

    @Test
    void waitsForRenewalsFromItsOwnBeginning() throws IOException {
        long last = open().current() + 1;
        clock.advance(LENGTH.multipliedBy(300));

        assertThat(open().renewed(last)).isEqualTo(clock.instant().plus(LENGTH.dividedBy(2)));
    }

    @Test
    void forgetsInMemoryAndInEscrow() throws IOException {
        EpochKeys keys = open();
        long epoch = keys.current();
        EpochKey key = keys.find(epoch).orElseThrow();
        keys.forget(epoch);

        assertThat(keys.find(epoch)).isEmpty();
        assertThat(key.use(bytes -> "used")).isEmpty();
        assertThat(escrow.keys).doesNotContainKey(epoch);
    }

    @Test
    void comesBackWithWhatTheEscrowKept() throws IOException {
        long epoch = open().current();
        byte[] before = Objects.requireNonNull(escrow.keys.get(epoch)).clone();

        assertThat(open().find(epoch).orElseThrow().use(byte[]::clone).orElseThrow())
                .isEqualTo(before);
    }

    /** Two nodes, one escrow. */
    @Test
    void usesTheKeyOfWhoeverWasFirst() throws IOException {
        EpochKeys one = open();
        EpochKeys other = open();
        clock.advance(LENGTH.multipliedBy(2));
        one.prepare();
        other.prepare();

        assertThat(one.currentKey().use(byte[]::clone).orElseThrow())
                .isEqualTo(other.currentKey().use(byte[]::clone).orElseThrow());
    }

    @Test
    void takesTheSmallerOfTwoKeysBeforeTheirEpochBegins() throws IOException {
        EpochKeys keys = EpochKeys.open(epochs, escrow, clock);
        long next = keys.wanted().get(1);

        assertThat(keys.adopt(next, key(7))).isTrue();
        assertThat(keys.adopt(next, key(9))).isFalse();
        assertThat(keys.adopt(next, key(3))).isTrue();
        assertThat(keys.copy(next).orElseThrow()).isEqualTo(key(3));
        assertThat(escrow.keys.get(next)).isEqualTo(key(3));
    }

    @Test
    void changesNoKeyOfAnEpochThatHasBegun() throws IOException {
        EpochKeys keys = EpochKeys.open(epochs, escrow, clock);
        long now = keys.wanted().get(0);
        keys.adopt(now, key(7));

        assertThat(keys.adopt(now, key(3))).isFalse();
        assertThat(keys.copy(now).orElseThrow()).isEqualTo(key(7));
    }

    /** Late news from a node that was cut off. */
    @Test
    void takesNoKeyBackThatWasForgotten() throws IOException {
        EpochKeys keys = open();
        long epoch = keys.current();
        byte[] key = keys.copy(epoch).orElseThrow();
        clock.advance(LENGTH.multipliedBy(2));
        keys.forget(epoch);

        assertThat(keys.adopt(epoch, key)).isFalse();
        assertThat(keys.alive()).doesNotContain(epoch);
    }

    @Test
    void isUsableOnceThereIsAKeyOfThePresentEpoch() throws IOException {
        EpochKeys keys = EpochKeys.open(epochs, escrow, clock);
        keys.adopt(keys.wanted().get(1), key(1));
        assertThat(keys.usable().toCompletableFuture()).isNotDone();

        keys.adopt(keys.wanted().get(0), key(2));
        assertThat(keys.usable().toCompletableFuture()).isDone();
    }

    private static byte[] key(int with) {
        byte[] key = new byte[EpochKey.LENGTH];
        Arrays.fill(key, (byte) with);
        return key;
    }

    @Test
    void doesNotUseAKeyThatTheEscrowDidNotKeep() throws IOException {
        EpochKeys keys = open();
        long last = keys.current() + 1;
        escrow.full = true;
        clock.advance(LENGTH.multipliedBy(3));

        assertThatThrownBy(keys::prepare).isInstanceOf(IOException.class);
        assertThat(keys.current()).isEqualTo(last);
    }

    @Test
    void keepsAKeyThatTheEscrowCannotForget() throws IOException {
        EpochKeys keys = open();
        long epoch = keys.current();
        escrow.full = true;

        assertThatThrownBy(() -> keys.forget(epoch)).isInstanceOf(IOException.class);
        assertThat(keys.find(epoch)).isPresent();
    }

    private EpochKeys open() throws IOException {
        EpochKeys keys = EpochKeys.open(epochs, escrow, clock);
        keys.prepare();
        return keys;
    }

    private static final class Kept implements KeyEscrow {
        private final Map<Long, byte[]> keys = new HashMap<>();
        private boolean full;

        @Override
        public Map<Long, byte[]> recall() {
            Map<Long, byte[]> copies = new HashMap<>();
            keys.forEach((epoch, key) -> copies.put(epoch, key.clone()));
            return copies;
        }

        @Override
        public byte[] keep(long epoch, byte[] key) throws IOException {
            refuseIfFull();
            return keys.computeIfAbsent(epoch, e -> key.clone()).clone();
        }

        @Override
        public void forget(long epoch) throws IOException {
            refuseIfFull();
            keys.remove(epoch);
        }

        private void refuseIfFull() throws IOException {
            if (full) {
                throw new IOException("full");
            }
        }
    }
}
