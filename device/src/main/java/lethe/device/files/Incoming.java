package lethe.device.files;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import lethe.core.identity.Opaque;
import lethe.seal.chunk.ChunkCipher;
import lethe.seal.chunk.ChunkHeader;
import lethe.seal.chunk.ChunkOpening;
import lethe.seal.content.RemoteAttachment;
import lethe.seal.content.Wanted;
import org.jspecify.annotations.Nullable;

/**
 * One file that this phone receives, up to its end.
 *
 * <p>Rules: it asks for a window of chunks, and for the next when a quarter of that is left; a chunk that has not come
 * two questions later, or when nothing came for some time, is asked for again. A chunk that was not asked for, or is
 * there, or does not open, is dropped and changes nothing. Only new chunks count as a sign of life, so nobody can keep
 * it going for ever: each may take {@link IncomingLimits#silence} at most, and there is a number of them. It ends once.
 *
 * <p>One thread at a time. After each call, and when it is {@link #due}, do what {@link #drain} gives: no more chunks
 * are in memory than came since.
 */
public final class Incoming {
    private final RemoteAttachment file;
    private final ChunkCipher cipher;
    private final IncomingLimits limits;
    private final Flow flow;
    private final BitSet have;
    /** Asked for in the last question, and in the one before; not there. */
    private BitSet latest = new BitSet();

    private BitSet earlier = new BitSet();
    private final List<IncomingAction> actions = new ArrayList<>();
    private Duration silence = Duration.ZERO;
    private Instant since = Instant.MIN;
    private Instant again = Instant.MAX;
    private int unanswered;
    private boolean connected;
    private boolean finishing;
    private @Nullable IncomingOutcome outcome;

    private Incoming(RemoteAttachment file, BitSet have, IncomingLimits limits) {
        this.file = file;
        this.cipher = new ChunkCipher(file);
        this.limits = limits;
        this.flow = new Flow(limits);
        this.have = have;
        finishIfWhole();
    }

    /**
     * Begins, or goes on where the phone's last life left it.
     *
     * @param record of the sink; one that is not of this file counts as nothing
     */
    public static Incoming of(RemoteAttachment file, Opaque record, IncomingLimits limits) {
        return new Incoming(file, ChunkSet.decode(record, file.chunks()).orElseGet(BitSet::new), limits);
    }

    /** A session is live. */
    public void connected(Instant now) {
        if (!connected) {
            connected = true;
            since = now;
            unanswered = 0;
            askAfresh(now);
        }
    }

    /** The session is gone, and what was asked for with it. */
    public void disconnected(Instant now) {
        if (connected) {
            silence = silent(now);
            connected = false;
            again = Instant.MAX;
            latest.clear();
            earlier.clear();
        }
    }

    /** A chunk has come, of this file or another one, from whomever. */
    public void chunk(Opaque body, Instant now) {
        Optional<ChunkHeader> header = ChunkHeader.read(body);
        if (header.isEmpty() || !isAskedFor(header.get().number())) {
            return;
        }
        if (cipher.open(body) instanceof ChunkOpening.Opened opened) {
            take(opened, now);
        }
    }

    private boolean isAskedFor(int number) {
        return number >= 0 && (latest.get(number) || earlier.get(number));
    }

    private void take(ChunkOpening.Opened opened, Instant now) {
        have.set(opened.number());
        latest.clear(opened.number());
        earlier.clear(opened.number());
        actions.add(new IncomingAction.Write(opened.number(), opened.bytes()));
        flow.came(now);
        silence = Duration.ZERO;
        since = now;
        unanswered = 0;
        again = now.plus(patience());
        finishIfWhole();
        int asked = latest.cardinality() + earlier.cardinality();
        if (!finishing && asked <= flow.window() / 4 && asked < file.chunks() - have.cardinality()) {
            flow.lost(earlier.cardinality());
            flow.adapt();
            ask(now);
        }
    }

    private void finishIfWhole() {
        if (have.cardinality() == file.chunks()) {
            finishing = true;
            actions.add(new IncomingAction.Finish());
        }
    }

    /** What came of {@link IncomingAction.Finish}. */
    public void finished(FileSink.Finish finish) {
        end(
                switch (finish) {
                    case KEPT -> IncomingOutcome.COMPLETE;
                    case DIFFERS -> IncomingOutcome.DAMAGED;
                    case FAILED -> IncomingOutcome.UNSTORABLE;
                });
    }

    /** A chunk could not be written. */
    public void unstorable() {
        end(IncomingOutcome.UNSTORABLE);
    }

    /** Its owner does not want it any more. */
    public void cancel() {
        end(IncomingOutcome.CANCELLED);
    }

    private void end(IncomingOutcome how) {
        if (outcome != null) {
            return;
        }
        outcome = how;
        again = Instant.MAX;
        latest.clear();
        earlier.clear();
        actions.clear();
        if (connected && how != IncomingOutcome.GONE) {
            Wanted.End said = how == IncomingOutcome.COMPLETE ? Wanted.End.DONE : Wanted.End.CANCELLED;
            actions.add(new IncomingAction.Ask(new Wanted(file.transfer(), said)));
        }
        actions.add(new IncomingAction.End(how));
    }

    /** What to do now; afterwards it is taken as done. */
    public List<IncomingAction> drain(Instant now) {
        if (connected && outcome == null && !finishing) {
            if (silent(now).compareTo(limits.silence()) >= 0) {
                end(IncomingOutcome.GONE);
            } else if (!again.isAfter(now)) {
                unanswered++;
                flow.silent();
                askAfresh(now);
            }
        }
        List<IncomingAction> all = List.copyOf(actions);
        actions.clear();
        return all;
    }

    /** When {@link #drain} will have something to do, if nothing else happens; empty if never. */
    public Optional<Instant> due() {
        if (!connected || outcome != null || finishing) {
            return Optional.empty();
        }
        Instant gone = since.plus(limits.silence()).minus(silence);
        return Optional.of(again.isBefore(gone) ? again : gone);
    }

    /** Chunks that are there, of {@link RemoteAttachment#chunks}. */
    public int received() {
        return have.cardinality();
    }

    /** How long it has been connected and got nothing. */
    private Duration silent(Instant now) {
        return silence.plus(Duration.between(since, now));
    }

    /** All that was asked for is taken as lost. */
    private void askAfresh(Instant now) {
        latest.clear();
        earlier.clear();
        flow.pause();
        if (outcome == null && !finishing) {
            ask(now);
        }
    }

    /** Asks for what is missing and was not in the last question. */
    private void ask(Instant now) {
        int room = flow.window() - latest.cardinality();
        BitSet asked = new BitSet();
        List<Wanted.Span> spans = new ArrayList<>();
        int from = nextMissing(0);
        while (from < file.chunks() && room > 0 && spans.size() < Wanted.Chunks.MOST_SPANS) {
            int end = from + 1;
            while (end < file.chunks() && end - from < room && nextMissing(end) == end) {
                end++;
            }
            asked.set(from, end);
            spans.add(new Wanted.Span(from, end - from));
            room -= end - from;
            from = nextMissing(end);
        }
        earlier = latest;
        latest = asked;
        again = now.plus(patience());
        if (!spans.isEmpty()) {
            int apart = (int) flow.apart().toMillis();
            actions.add(new IncomingAction.Ask(new Wanted(file.transfer(), new Wanted.Chunks(apart, spans))));
        }
    }

    private int nextMissing(int from) {
        int number = from;
        while (have.get(number) || latest.get(number)) {
            number++;
        }
        return number;
    }

    private Duration patience() {
        Duration patience =
                limits.patience().plus(flow.apart().multipliedBy(4)).multipliedBy(1L << Math.min(unanswered, 16));
        return patience.compareTo(limits.mostPatience()) > 0 ? limits.mostPatience() : patience;
    }
}
