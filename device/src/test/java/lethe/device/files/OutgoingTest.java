package lethe.device.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import lethe.core.identity.DeviceId;
import lethe.core.identity.Opaque;
import lethe.device.Given;
import lethe.seal.chunk.ChunkCipher;
import lethe.seal.chunk.ChunkHeader;
import lethe.seal.chunk.ChunkOpening;
import lethe.seal.content.Label;
import lethe.seal.content.RemoteAttachment;
import lethe.seal.content.Wanted;
import org.junit.jupiter.api.Test;

class OutgoingTest {
    private static final Peer ALICE = World.peer(1);
    private static final Peer BOB = World.peer(2);
    private static final Peer BOBS_OTHER =
            new Peer(BOB.tag(), new DeviceId(Given.id(7).bytes()));
    private static final Peer MALLORY = World.peer(3);

    private final Random random = new Random(1);
    private final MemoryFile source = MemoryFile.ofSize(random, 9 * RemoteAttachment.CHUNK + 5);
    private final Offer offer = source.offer(random);
    private final Outgoing outgoing = new Outgoing(ALICE.tag(), OutgoingLimits.usual());
    private Instant now = Given.NOW;

    @Test
    void sendsWhatIsAskedForInOrderAndOnce() {
        offered();

        ask(BOB, 0, span(8, 2), span(1, 2));

        List<OutgoingAction.Send> sends = sends(Duration.ofMinutes(1));
        assertThat(sends).extracting(OutgoingAction.Send::to).containsOnly(BOB);
        assertThat(sends).extracting(OutgoingTest::number).containsExactly(1, 2, 8, 9);
        assertThat(new ChunkCipher(offer.file()).open(sends.get(3).body()))
                .isEqualTo(new ChunkOpening.Opened(
                        9, source.read(9L * RemoteAttachment.CHUNK, 5).orElseThrow()));
    }

    @Test
    void sendsToDevicesOfTheAccountAndToItsOwnOnly() {
        offered();
        Peer ownOther = new Peer(ALICE.tag(), new DeviceId(Given.id(8).bytes()));

        ask(MALLORY, 0, span(0, 10));
        assertThat(sends(Duration.ofMinutes(1))).isEmpty();
        ask(BOBS_OTHER, 0, span(0, 1));
        ask(ownOther, 0, span(0, 1));

        assertThat(sends(Duration.ofMinutes(1)))
                .extracting(OutgoingAction.Send::to)
                .containsExactly(BOBS_OTHER, ownOther);
    }

    @Test
    void answersNobodyWhoAsksForAnotherFileOrBeyondTheEnd() {
        offered();

        outgoing.wanted(BOB, new Wanted(Given.id(9).bytes(), chunks(0, span(0, 1))), now);
        ask(BOB, 0, span(10, 3_000));

        assertThat(sends(Duration.ofMinutes(1))).isEmpty();
    }

    @Test
    void sendsNoFasterThanItsPaceAndTheRecipients() {
        offered();
        ask(BOB, 0, span(0, 10));
        assertThat(sends(Duration.ofMillis(449))).hasSize(9);
        assertThat(sends(Duration.ofMillis(1))).hasSize(1);

        ask(BOB, 1_000, span(0, 10));
        assertThat(sends(Duration.ofMillis(4_999))).hasSize(5);
    }

    @Test
    void sharesItsPaceAmongAllWhoAsk() {
        offered();
        ask(BOB, 0, span(0, 10));
        ask(BOBS_OTHER, 0, span(0, 10));

        List<OutgoingAction.Send> sends = sends(Duration.ofMillis(499));

        assertThat(sends).hasSize(10);
        assertThat(sends).filteredOn(send -> send.to().equals(BOB)).hasSize(5);
    }

    @Test
    void yieldsToABrokerThatRefuses() {
        offered();
        ask(BOB, 0, span(0, 10));
        assertThat(sends(Duration.ZERO)).hasSize(1);

        outgoing.refused(Duration.ofSeconds(2), now);

        assertThat(sends(Duration.ofSeconds(2))).isEmpty();
        assertThat(sends(Duration.ofMillis(600))).hasSize(6);
    }

    @Test
    void takesRefusalsThatComeTogetherForOne() {
        offered();
        ask(BOB, 0, span(0, 10));
        assertThat(sends(Duration.ZERO)).hasSize(1);
        for (int i = 0; i < 10; i++) {
            outgoing.refused(Duration.ZERO, now);
        }

        assertThat(sends(Duration.ofSeconds(1))).hasSize(9);
    }

    @Test
    void waitsNoLongerThanAMinuteWhateverABrokerSays() {
        offered();
        ask(BOB, 0, span(0, 10));
        outgoing.refused(Duration.ofDays(300), now);

        assertThat(sends(Duration.ofSeconds(62))).isNotEmpty();
    }

    @Test
    void sendsADeviceThatAsksForeverNoMoreThanItsBudget() {
        offered();
        int sent = 0;
        for (int i = 0; i < 2_000; i++) {
            ask(BOB, 0, span(0, 10));
            sent += sends(Duration.ofSeconds(1)).size();
        }

        assertThat(sent).isEqualTo(4 * 10 + 256);
        ask(BOBS_OTHER, 0, span(0, 1));
        assertThat(sends(Duration.ofSeconds(1))).hasSize(1);
    }

    @Test
    void keepsNoMoreQuestionsThanAWindow() {
        MemoryFile large = MemoryFile.ofChunks(random, 400);
        Offer second = large.offer(random);
        outgoing.offer(BOB.tag(), second, now);

        for (int i = 0; i < 10; i++) {
            outgoing.wanted(BOB, new Wanted(second.file().transfer(), chunks(0, span(0, 400))), now);
        }

        assertThat(sends(Duration.ofMinutes(5))).hasSize(256);
    }

    @Test
    void asksOfMoreDevicesThanTwoAccountsHaveAreInVain() {
        offered();
        for (int i = 0; i < 100; i++) {
            ask(new Peer(BOB.tag(), new DeviceId(Given.id(100 + i).bytes())), 0, span(0, 1));
        }

        assertThat(sends(Duration.ofMinutes(5))).hasSize(20);
    }

    @Test
    void sendsNoMoreAfterACancellation() {
        offered();
        ask(BOB, 0, span(0, 10));
        assertThat(sends(Duration.ZERO)).hasSize(1);

        outgoing.wanted(BOB, new Wanted(offer.file().transfer(), Wanted.End.CANCELLED), now);

        assertThat(sends(Duration.ofMinutes(1))).isEmpty();
    }

    @Test
    void tellsOnceThatADeviceHasTheFile() {
        offered();
        Wanted done = new Wanted(offer.file().transfer(), Wanted.End.DONE);
        outgoing.wanted(BOB, done, now);
        ask(BOB, 0, span(0, 10));
        outgoing.wanted(MALLORY, done, now);
        outgoing.wanted(BOB, done, now);
        outgoing.wanted(BOB, done, now);

        assertThat(outgoing.drain(now))
                .containsExactly(new OutgoingAction.TellTaken(offer.file().transfer(), BOB));
    }

    /** Two contents under one key and one nonce would give both away. */
    @Test
    void sendsNothingOfAFileThatWasChanged() {
        offered();
        source.bytes[4 * RemoteAttachment.CHUNK]++;
        ask(BOB, 0, span(3, 3));

        List<OutgoingAction> actions = actions(Duration.ofMinutes(1));

        assertThat(actions).hasSize(2);
        assertThat(actions.get(0)).isInstanceOf(OutgoingAction.Send.class);
        assertThat(actions.get(1))
                .isEqualTo(new OutgoingAction.TellEnded(offer.file().transfer(), OfferEnd.CHANGED));
        assertThat(source.closed).isTrue();
    }

    @Test
    void endsAFileThatCannotBeReadAnyMore() {
        offered();
        source.unreadable = true;
        ask(BOB, 0, span(3, 3));

        assertThat(actions(Duration.ofMinutes(1)))
                .containsExactly(new OutgoingAction.TellEnded(offer.file().transfer(), OfferEnd.CHANGED));
    }

    @Test
    void forgetsAFileAfterADay() {
        offered();
        assertThat(actions(Duration.ofHours(23))).isEmpty();

        assertThat(actions(Duration.ofHours(1)))
                .containsExactly(new OutgoingAction.TellEnded(offer.file().transfer(), OfferEnd.FORGOTTEN));
        ask(BOB, 0, span(0, 1));
        assertThat(actions(Duration.ofMinutes(1))).isEmpty();
        assertThat(outgoing.due()).isEmpty();
    }

    @Test
    void keepsAFileForAnHourAfterTheLastQuestionButForNoMoreThanTwoDays() {
        offered();
        for (int half = 0; half < 46; half++) {
            ask(BOB, 0, span(0, 1));
            actions(Duration.ofMinutes(30));
        }
        ask(MALLORY, 0, span(0, 1));
        actions(Duration.ofMinutes(30));
        ask(BOB, 0, span(0, 1));
        assertThat(ends(actions(Duration.ofMinutes(59)))).isZero();
        int halves = 0;
        while (outgoing.due().isPresent() && halves < 100) {
            ask(BOB, 0, span(0, 1));
            actions(Duration.ofMinutes(30));
            halves++;
        }

        assertThat(Duration.between(Given.NOW, now)).isBetween(Duration.ofHours(48), Duration.ofHours(49));
    }

    @Test
    void offersNoMoreFilesThanItsBound() {
        for (int i = 0; i < 64; i++) {
            assertThat(outgoing.offer(BOB.tag(), MemoryFile.ofSize(random, 1).offer(random), now))
                    .isTrue();
        }

        assertThat(outgoing.offer(BOB.tag(), offer, now)).isFalse();
        outgoing.withdrawAll();
        assertThat(outgoing.drain(now)).hasSize(64);
        assertThat(outgoing.offer(BOB.tag(), offer, now)).isTrue();
    }

    @Test
    void forgetsWhatWasAskedInASessionThatIsGone() {
        offered();
        ask(BOB, 0, span(0, 10));

        outgoing.disconnected();

        assertThat(actions(Duration.ofMinutes(1))).isEmpty();
    }

    @Test
    void preparesNoFileThatCannotBeSent() {
        Label label = new Label("x", "");
        assertThat(Offer.prepare(new MemoryFile(new byte[0]), label, random))
                .isEqualTo(new Offer.Preparation.Unprepared(Offer.Reason.EMPTY));
        assertThat(Offer.prepare(new Endless(), label, random))
                .isEqualTo(new Offer.Preparation.Unprepared(Offer.Reason.TOO_LARGE));
        source.unreadable = true;
        assertThat(Offer.prepare(source, label, random))
                .isEqualTo(new Offer.Preparation.Unprepared(Offer.Reason.UNREADABLE));
    }

    @Test
    void namesNobodyWhenItPrints() {
        assertThat(offer).hasToString("Offer[***]");
        assertThat(BOB).hasToString("Peer[***]");
    }

    private void offered() {
        assertThat(outgoing.offer(BOB.tag(), offer, now)).isTrue();
    }

    private void ask(Peer asker, int apart, Wanted.Span... spans) {
        outgoing.wanted(asker, new Wanted(offer.file().transfer(), chunks(apart, spans)), now);
    }

    private List<OutgoingAction.Send> sends(Duration time) {
        return actions(time).stream()
                .filter(OutgoingAction.Send.class::isInstance)
                .map(OutgoingAction.Send.class::cast)
                .toList();
    }

    private static long ends(List<OutgoingAction> actions) {
        return actions.stream()
                .filter(OutgoingAction.TellEnded.class::isInstance)
                .count();
    }

    /** All that it does within a time, each when it is due. */
    private List<OutgoingAction> actions(Duration time) {
        Instant end = now.plus(time);
        List<OutgoingAction> all = new ArrayList<>(outgoing.drain(now));
        while (outgoing.due().isPresent() && !outgoing.due().get().isAfter(end)) {
            Instant due = outgoing.due().get();
            now = due.isAfter(now) ? due : now;
            all.addAll(outgoing.drain(now));
        }
        now = end;
        return all;
    }

    private static int number(OutgoingAction.Send send) {
        return ChunkHeader.read(send.body()).orElseThrow().number();
    }

    private static Wanted.Chunks chunks(int apart, Wanted.Span... spans) {
        return new Wanted.Chunks(apart, List.of(spans));
    }

    private static Wanted.Span span(int first, int count) {
        return new Wanted.Span(first, count);
    }

    /** A byte more than can be sent. */
    private static final class Endless implements FileSource {
        @Override
        public long size() {
            return RemoteAttachment.MOST_SIZE + 1;
        }

        @Override
        public Optional<Opaque> read(long offset, int length) {
            throw new AssertionError("nobody reads this");
        }

        @Override
        public void close() {}
    }
}
