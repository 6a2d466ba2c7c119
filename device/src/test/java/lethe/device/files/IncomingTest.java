package lethe.device.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import lethe.core.identity.Opaque;
import lethe.device.Given;
import lethe.seal.chunk.ChunkCipher;
import lethe.seal.content.RemoteAttachment;
import lethe.seal.content.Wanted;
import org.junit.jupiter.api.Test;

class IncomingTest {
    private static final int CHUNKS = 100;

    private final Random random = new Random(1);
    private final MemoryFile source = MemoryFile.ofChunks(random, CHUNKS);
    private final RemoteAttachment file = source.offer(random).file();
    private final ChunkCipher cipher = new ChunkCipher(file);
    private Instant now = Given.NOW;
    private Incoming incoming = begun(Opaque.empty());

    @Test
    void asksForAWindowAndForTheNextWhenAQuarterOfItIsLeft() {
        incoming.connected(now);
        assertThat(asked(drained())).containsExactly(chunks(250, span(0, 4)));

        come(0);
        come(1);
        assertThat(asked(drained())).isEmpty();
        come(2);

        assertThat(asked(drained())).containsExactly(chunks(125, span(4, 7)));
    }

    @Test
    void asksAgainForAChunkThatDidNotComeTwoQuestionsLater() {
        incoming.connected(now);
        drained();
        for (int number = 1; number < 4; number++) {
            come(number);
        }
        assertThat(asked(drained())).containsExactly(chunks(125, span(4, 7)));
        for (int number = 4; number < 9; number++) {
            come(number);
            assertThat(asked(drained())).isEmpty();
        }
        come(9);

        assertThat(asked(drained())).containsExactly(chunks(187, span(0, 1), span(11, 62)));
    }

    @Test
    void asksForAllThatIsMissingWhenNothingCame() {
        incoming.connected(now);
        drained();
        come(3);
        drained();
        now = now.plusSeconds(5);

        assertThat(asked(drained())).containsExactly(chunks(500, span(0, 3), span(4, 1)));
        now = now.plusSeconds(11);
        assertThat(asked(drained())).isEmpty();
        now = now.plusSeconds(1);
        assertThat(asked(drained())).hasSize(1);
    }

    @Test
    void writesEachChunkOnce() {
        incoming.connected(now);
        drained();

        come(0);
        come(0);

        assertThat(drained()).containsExactly(new IncomingAction.Write(0, content(0)));
        come(0);
        assertThat(drained()).isEmpty();
    }

    @Test
    void dropsWhatItDidNotAskFor() {
        come(0);
        incoming.connected(now);
        drained();
        come(16);
        come(99);

        assertThat(drained()).isEmpty();
        assertThat(incoming.received()).isZero();
    }

    @Test
    void dropsWhatIsForged() {
        incoming.connected(now);
        drained();
        byte[] changed = cipher.seal(0, content(0)).toBytes();
        changed[500]++;
        MemoryFile other = MemoryFile.ofChunks(random, CHUNKS);
        ChunkCipher others = new ChunkCipher(other.offer(random).file());

        incoming.chunk(Opaque.wrap(changed), now);
        incoming.chunk(others.seal(0, content(0)), now);
        incoming.chunk(Opaque.empty(), now);
        incoming.chunk(Opaque.wrap(new byte[] {1, 2, 3}), now);

        assertThat(drained()).isEmpty();
        come(0);
        assertThat(drained()).hasSize(1);
    }

    /** Whatever a sender says again and again, it is no sign of life. */
    @Test
    void isNotKeptAliveByRepetitions() {
        incoming.connected(now);
        come(0);
        drained();
        List<IncomingAction> last = List.of();
        Instant end = now.plus(Duration.ofHours(1));
        while (now.isBefore(end)) {
            now = now.plusSeconds(20);
            come(0);
            come(99);
            last = drained();
        }

        assertThat(last).containsExactly(new IncomingAction.End(IncomingOutcome.GONE));
        assertThat(incoming.due()).isEmpty();
    }

    @Test
    void countsSilenceOnlyWhileItIsConnected() {
        incoming.connected(now);
        drained();
        now = now.plus(Duration.ofMinutes(40));
        drained();
        incoming.disconnected(now);
        now = now.plus(Duration.ofDays(3));
        assertThat(drained()).isEmpty();
        assertThat(incoming.due()).isEmpty();
        incoming.connected(now);
        assertThat(asked(drained())).hasSize(1);

        now = now.plus(Duration.ofMinutes(19));
        assertThat(ends(drained())).isEmpty();
        now = now.plus(Duration.ofMinutes(1));

        assertThat(ends(drained())).containsExactly(IncomingOutcome.GONE);
    }

    @Test
    void asksLessAndLessOftenWhileNobodyAnswers() {
        incoming.connected(now);
        int questions = 0;
        Instant end = now.plus(Duration.ofMinutes(59));
        while (now.isBefore(end)) {
            questions += asked(drained()).size();
            now = now.plusSeconds(1);
        }

        assertThat(questions).isBetween(12, 20);
    }

    @Test
    void endsCompleteWhenTheSinkKeptIt() {
        assertThat(finished(FileSink.Finish.KEPT))
                .containsExactly(
                        new IncomingAction.Ask(new Wanted(file.transfer(), Wanted.End.DONE)),
                        new IncomingAction.End(IncomingOutcome.COMPLETE));
        incoming.cancel();
        incoming.unstorable();
        assertThat(drained()).isEmpty();
    }

    @Test
    void endsDamagedWhenItIsNotWhatItsSenderSigned() {
        assertThat(finished(FileSink.Finish.DIFFERS))
                .containsExactly(
                        new IncomingAction.Ask(new Wanted(file.transfer(), Wanted.End.CANCELLED)),
                        new IncomingAction.End(IncomingOutcome.DAMAGED));
    }

    @Test
    void endsUnstorableWhenTheDiskFails() {
        assertThat(ends(finished(FileSink.Finish.FAILED))).containsExactly(IncomingOutcome.UNSTORABLE);
        incoming = begun(Opaque.empty());
        incoming.connected(now);
        drained();
        come(0);
        drained();
        incoming.unstorable();

        assertThat(ends(drained())).containsExactly(IncomingOutcome.UNSTORABLE);
    }

    @Test
    void endsWhenItsOwnerDoesNotWantIt() {
        incoming.connected(now);
        drained();
        come(0);

        incoming.cancel();

        assertThat(drained())
                .containsExactly(
                        new IncomingAction.Ask(new Wanted(file.transfer(), Wanted.End.CANCELLED)),
                        new IncomingAction.End(IncomingOutcome.CANCELLED));
        come(1);
        incoming.connected(now);
        assertThat(drained()).isEmpty();
    }

    @Test
    void goesOnWhereTheLastLifeEnded() {
        BitSet have = new BitSet();
        have.set(0, 10);
        have.set(12);
        incoming = begun(ChunkSet.encode(have, CHUNKS));
        incoming.connected(now);

        assertThat(asked(drained())).containsExactly(chunks(250, span(10, 2), span(13, 2)));
        assertThat(incoming.received()).isEqualTo(11);
    }

    @Test
    void takesARecordOfAnotherFileForNothing() {
        incoming = begun(ChunkSet.encode(new BitSet(), CHUNKS + 8));
        assertThat(incoming.received()).isZero();
        BitSet beyond = new BitSet();
        beyond.set(CHUNKS);
        incoming = begun(ChunkSet.encode(beyond, CHUNKS + 1));
        assertThat(incoming.received()).isZero();
    }

    @Test
    void finishesWhatTheLastLifeHadWholeWithoutAConnection() {
        BitSet have = new BitSet();
        have.set(0, CHUNKS);
        incoming = begun(ChunkSet.encode(have, CHUNKS));

        assertThat(drained()).containsExactly(new IncomingAction.Finish());
        incoming.finished(FileSink.Finish.KEPT);
        assertThat(ends(drained())).containsExactly(IncomingOutcome.COMPLETE);
    }

    @Test
    void asksForWhatFitsIntoOneLetterHoweverManyGapsThereAre() {
        BitSet have = new BitSet();
        for (int number = 1; number < CHUNKS; number += 2) {
            have.set(number);
        }
        IncomingLimits usual = IncomingLimits.usual();
        Duration minute = Duration.ofMinutes(1);
        IncomingLimits wide = new IncomingLimits(
                usual.firstApart(),
                usual.leastApart(),
                usual.mostApart(),
                minute,
                minute,
                usual.leastWindow(),
                usual.mostWindow(),
                usual.patience(),
                usual.mostPatience(),
                usual.silence());
        incoming = Incoming.of(file, ChunkSet.encode(have, CHUNKS), wide);
        incoming.connected(now);
        List<Wanted.Chunks> questions = asked(drained());

        assertThat(questions).hasSize(1);
        assertThat(questions.get(0).spans()).hasSize(32);
    }

    private List<IncomingAction> finished(FileSink.Finish finish) {
        BitSet have = new BitSet();
        have.set(0, CHUNKS - 1);
        incoming = begun(ChunkSet.encode(have, CHUNKS));
        incoming.connected(now);
        drained();
        come(CHUNKS - 1);
        assertThat(drained())
                .containsExactly(
                        new IncomingAction.Write(CHUNKS - 1, content(CHUNKS - 1)), new IncomingAction.Finish());
        assertThat(incoming.due()).isEmpty();
        incoming.finished(finish);
        return drained();
    }

    private Incoming begun(Opaque record) {
        return Incoming.of(file, record, IncomingLimits.usual());
    }

    private void come(int number) {
        incoming.chunk(cipher.seal(number, content(number)), now);
    }

    private Opaque content(int number) {
        return source.read((long) number * RemoteAttachment.CHUNK, RemoteAttachment.CHUNK)
                .orElseThrow();
    }

    private List<IncomingAction> drained() {
        return incoming.drain(now);
    }

    private static List<Wanted.Chunks> asked(List<IncomingAction> actions) {
        List<Wanted.Chunks> asked = new ArrayList<>();
        for (IncomingAction action : actions) {
            if (action instanceof IncomingAction.Ask ask && ask.wanted().say() instanceof Wanted.Chunks chunks) {
                asked.add(chunks);
            }
        }
        return asked;
    }

    private static List<IncomingOutcome> ends(List<IncomingAction> actions) {
        List<IncomingOutcome> ends = new ArrayList<>();
        for (IncomingAction action : actions) {
            if (action instanceof IncomingAction.End end) {
                ends.add(end.outcome());
            }
        }
        return ends;
    }

    private static Wanted.Chunks chunks(int apart, Wanted.Span... spans) {
        return new Wanted.Chunks(apart, List.of(spans));
    }

    private static Wanted.Span span(int first, int count) {
        return new Wanted.Span(first, count);
    }
}
