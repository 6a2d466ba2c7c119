package lethe.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import lethe.core.identity.DeviceId;
import lethe.core.identity.Opaque;
import lethe.device.files.IncomingOutcome;
import lethe.device.files.Offer;
import lethe.device.files.OfferEnd;
import lethe.device.files.Peer;
import lethe.device.files.disk.DiskSink;
import lethe.device.files.disk.DiskSource;
import lethe.seal.content.Label;
import lethe.seal.content.RemoteAttachment;
import lethe.seal.content.Wanted;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two phones with disks, and what they send handed over directly. */
class FileRelayTest {
    private static final Peer ALICE =
            new Peer(Given.tag(1), new DeviceId(Given.id(1).bytes()));
    private static final Peer BOB =
            new Peer(Given.tag(2), new DeviceId(Given.id(2).bytes()));
    private static final Label LABEL = new Label("bank.jpg", "image/jpeg");
    private static final int SIZE = 20 * RemoteAttachment.CHUNK + 5;

    @TempDir
    private Path home;

    private final HandAlarm clock = new HandAlarm();
    private final List<FileEvent> atAlice = new CopyOnWriteArrayList<>();
    private final List<FileEvent> atBob = new CopyOnWriteArrayList<>();
    private Path sent;
    private FileRelay alice;
    private FileRelay bob;
    private int everyLost = Integer.MAX_VALUE;
    private int chunks;

    @BeforeEach
    void twoPhones() throws IOException {
        sent = home.resolve("sent.bin");
        Files.write(sent, Given.bytes(new Random(1), SIZE).shared());
        DeviceRuntime threads = DeviceRuntime.ofThreads(1);
        begin(new DeviceRuntime(Runnable::run, clock, threads.http(), clock, new Random(2)));
    }

    private void begin(DeviceRuntime runtime) {
        alice = new FileRelay(runtime, ALICE.tag(), new ToBob(), atAlice::add);
        bob = new FileRelay(runtime, BOB.tag(), new ToAlice(), atBob::add);
        alice.connected();
        bob.connected();
    }

    @Test
    void aFileArrivesAndBothAreTold() {
        everyLost = 5;
        RemoteAttachment file = offered();
        DiskSink sink = begun(file);

        assertThat(now(bob.receive(ALICE, file, sink))).isTrue();
        clock.advance(Duration.ofMinutes(2));

        assertThat(sink.target()).hasSameBinaryContentAs(sent);
        assertThat(atBob).contains(new FileEvent.Received(file.transfer(), 1, 21));
        assertThat(atBob).last().isEqualTo(new FileEvent.ReceivingEnded(file.transfer(), IncomingOutcome.COMPLETE));
        assertThat(atAlice).containsExactly(new FileEvent.Taken(file.transfer(), BOB));
        alice.withdraw(file.transfer());
        assertThat(atAlice).last().isEqualTo(new FileEvent.OfferEnded(file.transfer(), OfferEnd.WITHDRAWN));
    }

    @Test
    void aFileArrivesOnThreadsAndByTheSystemsClock() {
        begin(DeviceRuntime.ofThreads(2));
        RemoteAttachment file = offered();
        DiskSink sink = begun(file);

        bob.receive(ALICE, file, sink);

        FileEvent end = new FileEvent.ReceivingEnded(file.transfer(), IncomingOutcome.COMPLETE);
        await().atMost(Duration.ofSeconds(60)).until(() -> atBob.contains(end));
        assertThat(sink.target()).hasSameBinaryContentAs(sent);
    }

    @Test
    void aFileGoesOnInTheNextLife() {
        RemoteAttachment file = offered();
        DiskSink first = begun(file);
        now(bob.receive(ALICE, file, first));
        clock.advance(Duration.ofSeconds(1));
        assertThat(chunks).isBetween(3, 12);
        bob.close();
        bob = new FileRelay(
                new DeviceRuntime(
                        Runnable::run, clock, DeviceRuntime.ofThreads(1).http(), clock, new Random(3)),
                BOB.tag(),
                new ToAlice(),
                atBob::add);
        DiskSink second = ((DiskSink.Opening.Opened) DiskSink.resume(first.target(), file)).sink();
        now(bob.receive(ALICE, file, second));
        bob.connected();
        clock.advance(Duration.ofMinutes(1));

        assertThat(first.target()).hasSameBinaryContentAs(sent);
        assertThat(chunks).isLessThan(21 + 16);
    }

    @Test
    void aFileWaitsWhileThereIsNoSession() {
        RemoteAttachment file = offered();
        DiskSink sink = begun(file);
        now(bob.receive(ALICE, file, sink));
        bob.disconnected();
        alice.disconnected();
        int before = chunks;
        clock.advance(Duration.ofHours(5));
        assertThat(chunks).isEqualTo(before);

        bob.connected();
        clock.advance(Duration.ofMinutes(1));

        assertThat(sink.target()).hasSameBinaryContentAs(sent);
    }

    @Test
    void leavesNothingOfAFileThatIsNotWanted() throws IOException {
        RemoteAttachment file = offered();
        DiskSink sink = begun(file);
        now(bob.receive(ALICE, file, sink));
        clock.advance(Duration.ofSeconds(1));
        bob.cancel(file.transfer());
        int before = chunks;
        clock.advance(Duration.ofMinutes(1));

        assertThat(chunks).isEqualTo(before);
        assertThat(sink.target().getParent()).isEmptyDirectory();
        assertThat(atBob).last().isEqualTo(new FileEvent.ReceivingEnded(file.transfer(), IncomingOutcome.CANCELLED));
    }

    @Test
    void leavesWhatIsThereOfAFileWhoseSenderIsGone() {
        RemoteAttachment file = offered();
        DiskSink sink = begun(file);
        now(bob.receive(ALICE, file, sink));
        clock.advance(Duration.ofSeconds(1));
        alice.close();
        clock.advance(Duration.ofHours(2));

        assertThat(atBob).last().isEqualTo(new FileEvent.ReceivingEnded(file.transfer(), IncomingOutcome.GONE));
        assertThat(DiskSink.resume(sink.target(), file)).isInstanceOf(DiskSink.Opening.Opened.class);
    }

    @Test
    void receivesNoFileTwiceAtOnceAndNotTooMany() {
        RemoteAttachment file = offered();

        assertThat(now(bob.receive(ALICE, file, begun(file)))).isTrue();
        assertThat(now(bob.receive(ALICE, file, begun(file)))).isFalse();
        for (int i = 1; i < 16; i++) {
            RemoteAttachment another = offered();
            assertThat(now(bob.receive(ALICE, another, begun(another)))).isTrue();
        }
        RemoteAttachment tooMany = offered();
        assertThat(now(bob.receive(ALICE, tooMany, begun(tooMany)))).isFalse();
    }

    @Test
    void saysWhyAFileCannotBeOffered() throws IOException {
        Path empty = Files.createFile(home.resolve("empty"));

        assertThat(now(alice.offer(BOB.tag(), LABEL, DiskSource.open(empty).orElseThrow())))
                .isEqualTo(new Offering.Unfit(Offer.Reason.EMPTY));
        alice.close();
        assertThat(now(alice.offer(BOB.tag(), LABEL, DiskSource.open(sent).orElseThrow())))
                .isEqualTo(new Offering.NoRoom());
    }

    private RemoteAttachment offered() {
        return file(now(alice.offer(BOB.tag(), LABEL, DiskSource.open(sent).orElseThrow())));
    }

    private static RemoteAttachment file(Offering offering) {
        return ((Offering.Offered) offering).file();
    }

    private DiskSink begun(RemoteAttachment file) {
        try {
            Path directory = Files.createDirectories(home.resolve("received"));
            return ((DiskSink.Opening.Opened) DiskSink.begin(directory, file)).sink();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static <T> T now(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    private final class ToBob implements FileCourier {
        @Override
        public void letter(Peer to, Wanted wanted) {
            throw new AssertionError("a sender asks for nothing");
        }

        @Override
        public void ephemeral(Peer to, Opaque body) {
            assertThat(to).isEqualTo(BOB);
            chunks++;
            if (chunks % everyLost != 0) {
                bob.chunk(body);
            }
        }
    }

    private final class ToAlice implements FileCourier {
        @Override
        public void letter(Peer to, Wanted wanted) {
            assertThat(to).isEqualTo(ALICE);
            alice.wanted(BOB, wanted);
        }

        @Override
        public void ephemeral(Peer to, Opaque body) {
            throw new AssertionError("a recipient sends no chunks");
        }
    }
}
