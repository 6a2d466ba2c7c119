package lethe.device.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import lethe.core.identity.Opaque;
import lethe.core.prekey.DevicePrekeys;
import lethe.core.prekey.PrekeyBatch;
import lethe.core.protocol.PrekeyBodies.PrekeysLeft;
import lethe.device.Given;
import lethe.device.HandAlarm;
import lethe.device.store.ContentDamaged;
import lethe.device.store.Identity;
import lethe.device.store.MemoryLedger;
import lethe.device.store.MemorySlot;
import lethe.seal.prekey.PrekeyId;
import lethe.seal.prekey.PrekeySecret;
import lethe.seal.prekey.PrekeyStore;
import lethe.seal.prekey.PrekeyUse;
import lethe.seal.prekey.RevealsSecrets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeptPrekeysTest {
    private static final Opaque MARK = Given.bytes(new Random(7), PrekeyUse.MARK);

    private final Random random = new Random(1);
    private final Disk disk = new Disk();
    private final KeptPrekeys kept = disk.open();
    private PrekeyId oneTime = PrekeyId.of(0);
    private PrekeyId lastResort = PrekeyId.of(0);

    @BeforeEach
    void someWereMade() {
        PrekeyBatch batch = new Refill(kept, Identity.draw(random), new HandAlarm(), random)
                .refill(PrekeysLeft.of(DevicePrekeys.NONE));
        oneTime = PrekeyId.of(batch.oneTime().get(0).id());
        lastResort = PrekeyId.of(batch.lastResort().get(0).id());
    }

    @Test
    @RevealsSecrets("compares what was kept")
    void areThereAfterAStart() {
        PrekeySecret before = kept.find(oneTime).orElseThrow();

        PrekeySecret after = disk.open().find(oneTime).orElseThrow();

        assertThat(after.reveal()).isEqualTo(before.reveal());
        assertThat(after.suite()).isEqualTo(before.suite());
        assertThat(after.kind()).isEqualTo(before.kind());
        assertThat(disk.open().size()).isEqualTo(kept.size());
    }

    @Test
    @RevealsSecrets("looks for what must not be left")
    void leaveTheDiskWithTheNextFlush() {
        PrekeySecret secret = kept.find(oneTime).orElseThrow();
        Opaque clear = secret.reveal().orElseThrow();

        assertThat(kept.destroy(oneTime)).isTrue();
        assertThat(kept.destroy(oneTime)).isFalse();
        assertThat(kept.find(oneTime)).isEmpty();
        assertThat(disk.open().find(oneTime))
                .as("its letter is not written down yet")
                .isPresent();
        assertThat(holds(clear)).isTrue();

        kept.flush();
        assertThat(disk.open().find(oneTime)).isEmpty();
        assertThat(holds(clear)).isFalse();
        assertThat(secret.reveal()).isEmpty();
    }

    @Test
    void rememberWhatTheLastResortOpenedWithTheNextFlush() {
        assertThat(note(kept)).isEqualTo(PrekeyStore.Note.NEW);
        assertThat(note(kept)).isEqualTo(PrekeyStore.Note.SEEN);
        assertThat(disk.open().look(lastResort, MARK, PrekeyStore.Writer.PINNED))
                .isEqualTo(PrekeyStore.Note.NEW);

        kept.flush();
        assertThat(note(disk.open())).isEqualTo(PrekeyStore.Note.SEEN);
        kept.flush();
        assertThat(disk.records()).hasSize(1);
    }

    @Test
    void areUsedAgainInTheSameWayAfterAStart() {
        KeptPrekeys restarted = disk.open();
        for (int i = 0; i < 2; i++) {
            restarted.apply(new PrekeyUse(oneTime, null));
            restarted.apply(new PrekeyUse(lastResort, MARK));
        }
        restarted.apply(new PrekeyUse(PrekeyId.of(4_000), null));
        restarted.apply(new PrekeyUse(PrekeyId.of(4_000), MARK));
        restarted.apply(new PrekeyUse(oneTime, MARK));
        assertThat(restarted.find(oneTime)).isEmpty();
        assertThat(note(restarted)).isEqualTo(PrekeyStore.Note.SEEN);

        restarted.flush();
        assertThat(disk.open().find(oneTime)).isEmpty();
        assertThat(note(disk.open())).isEqualTo(PrekeyStore.Note.SEEN);
    }

    @Test
    void comeBackWhenTheirLetterCouldNotBeWrittenDown() {
        kept.destroy(oneTime);
        note(kept);

        kept.giveBack(new PrekeyUse(oneTime, null));
        kept.giveBack(new PrekeyUse(lastResort, MARK));
        kept.flush();

        assertThat(disk.open().find(oneTime)).isPresent();
        assertThat(kept.find(oneTime)).isPresent();
        assertThat(note(disk.open())).isEqualTo(PrekeyStore.Note.NEW);
        assertThat(note(kept)).isEqualTo(PrekeyStore.Note.NEW);
    }

    @Test
    void doNotComeBackOnceTheyAreFlushed() {
        kept.destroy(oneTime);
        note(kept);
        kept.flush();

        kept.giveBack(new PrekeyUse(oneTime, null));
        kept.giveBack(new PrekeyUse(lastResort, MARK));

        assertThat(kept.find(oneTime)).isEmpty();
        assertThat(note(kept)).isEqualTo(PrekeyStore.Note.SEEN);
    }

    @Test
    void areFlushedAgainWhenTheDiskFailedOnce() {
        kept.destroy(oneTime);
        note(kept);
        for (int writes = 0; writes < 2; writes++) {
            disk.dieAfter(writes, false);
            assertThatThrownBy(kept::flush).isInstanceOf(Disk.Died.class);
            assertThat(kept.find(oneTime)).isEmpty();
            assertThat(disk.open().find(oneTime)).isPresent();
        }
        disk.live();
        kept.flush();

        assertThat(disk.open().find(oneTime)).isEmpty();
        assertThat(disk.records()).hasSize(1);
    }

    @Test
    void areTakenByOneOfManyThreads() throws Exception {
        Callable<Boolean> take = () -> kept.destroy(oneTime);
        Callable<Boolean> mark = () -> note(kept) == PrekeyStore.Note.NEW;
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            assertThat(done(threads.invokeAll(Collections.nCopies(16, take)))).containsOnlyOnce(true);
            assertThat(done(threads.invokeAll(Collections.nCopies(16, mark)))).containsOnlyOnce(true);
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<Boolean> done(List<Future<Boolean>> futures) throws Exception {
        List<Boolean> done = new ArrayList<>();
        for (Future<Boolean> each : futures) {
            done.add(each.get());
        }
        return done;
    }

    @Test
    void areOfTheirKind() {
        assertThat(kept.destroy(lastResort)).isFalse();
        assertThat(kept.find(lastResort)).isPresent();
        assertThat(kept.note(oneTime, MARK, PrekeyStore.Writer.PINNED)).isEqualTo(PrekeyStore.Note.GONE);
        assertThat(kept.look(oneTime, MARK, PrekeyStore.Writer.PINNED)).isEqualTo(PrekeyStore.Note.GONE);
    }

    @Test
    void goForEverWhenTheOwnerOptsOutAndTheirIdsAreNotGivenAgain() {
        note(kept);
        kept.flush();
        kept.erase();

        assertThat(kept.size()).isZero();
        assertThat(disk.open().size()).isZero();
        assertThat(disk.records()).isEmpty();
        PrekeyBatch next = new Refill(disk.open(), Identity.draw(random), new HandAlarm(), random)
                .refill(PrekeysLeft.of(DevicePrekeys.NONE));
        assertThat(next.ids()).isNotEmpty().allMatch(id -> id >= Refill.ONE_TIME + 2);
    }

    @Test
    void areNotGuessedFromADamagedDisk() {
        byte[] whole = disk.slot().read().orElseThrow().toBytes();
        for (int length : new int[] {0, 1, 20, whole.length - 1}) {
            assertDamaged(Arrays.copyOf(whole, length));
        }
        assertDamaged(Arrays.copyOf(whole, whole.length + 1));
        for (int at : new int[] {0, 1, 17, 25, 26}) {
            byte[] turned = whole.clone();
            turned[at] ^= (byte) 0x80;
            assertDamaged(turned);
        }
        MemoryLedger noMarks = new MemoryLedger(List.of(Opaque.wrap(new byte[4])));
        assertThatThrownBy(() -> KeptPrekeys.open(new MemorySlot(), noMarks)).isInstanceOf(ContentDamaged.class);
    }

    private static void assertDamaged(byte[] content) {
        MemorySlot slot = new MemorySlot();
        slot.write(Opaque.wrap(content));
        assertThatThrownBy(() -> KeptPrekeys.open(slot, new MemoryLedger()))
                .isInstanceOf(ContentDamaged.class)
                .hasMessageContaining("prekeys");
    }

    private PrekeyStore.Note note(KeptPrekeys where) {
        return where.note(lastResort, MARK, PrekeyStore.Writer.PINNED);
    }

    private boolean holds(Opaque bytes) {
        byte[] content = disk.slot().read().orElseThrow().shared();
        for (int i = 0; i + bytes.length() <= content.length; i++) {
            if (Arrays.equals(content, i, i + bytes.length(), bytes.shared(), 0, bytes.length())) {
                return true;
            }
        }
        return false;
    }
}
