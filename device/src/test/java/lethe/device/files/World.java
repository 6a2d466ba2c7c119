package lethe.device.files;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.stream.Stream;
import lethe.core.identity.DeviceId;
import lethe.core.identity.Opaque;
import lethe.core.limit.Paces;
import lethe.device.Given;
import lethe.seal.content.Content;
import lethe.seal.content.Letter;
import lethe.seal.content.RemoteAttachment;
import lethe.seal.content.Wanted;
import org.jspecify.annotations.Nullable;

/** A sender and a recipient of one file, what is between them, and the time. */
final class World {
    static final Peer ALICE = peer(1);
    static final Peer BOB = peer(2);

    /** Something that happens at a time; of two at one time the first that was planned. */
    private record Planned(Instant at, long order, Runnable what) {}

    final Random random;
    final MemoryFile source;
    final RemoteAttachment file;
    final MemorySink sink;
    final List<IncomingOutcome> ended = new ArrayList<>();
    final List<OutgoingAction> told = new ArrayList<>();
    /** What becomes of a hundred messages: so many do not arrive, so many arrive twice. */
    int lost;

    int doubled;
    Duration longestWay = Duration.ZERO;
    /** What the recipient's connection carries; null for everything. */
    @Nullable
    Duration perChunk;
    /** What the broker lets pass. */
    Paces broker = new Paces(50, Duration.ofSeconds(1), 1_000, 1);

    Duration longestBacklog = Duration.ZERO;
    int mostAsked;
    int questions;
    int sent;
    int refused;
    Instant now = Given.NOW;
    Outgoing outgoing;
    Incoming incoming;
    private final PriorityQueue<Planned> planned =
            new PriorityQueue<>(Comparator.comparing(Planned::at).thenComparing(Planned::order));
    private long order;
    private boolean connected;
    private Instant lineFree = Instant.MIN;

    World(Random random, int size, int recordEvery) {
        this.random = random;
        this.source = MemoryFile.ofSize(random, size);
        Offer offer = source.offer(random);
        this.file = offer.file();
        this.sink = new MemorySink(file, recordEvery);
        this.outgoing = new Outgoing(ALICE.tag(), OutgoingLimits.usual());
        outgoing.offer(BOB.tag(), offer, now);
        this.incoming = Incoming.of(file, sink.record(), IncomingLimits.usual());
    }

    static Peer peer(int number) {
        return new Peer(Given.tag(number), new DeviceId(Given.id(number).bytes()));
    }

    void plan(Duration in, Runnable what) {
        planned.add(new Planned(now.plus(in), order++, what));
    }

    /** Lets time pass until the file has ended, or so much is over. */
    void runFor(Duration time) {
        Instant end = now.plus(time);
        perform();
        for (Optional<Instant> next = next(); ended.isEmpty() && next.isPresent(); next = next()) {
            if (next.get().isAfter(end)) {
                break;
            }
            now = next.get().isAfter(now) ? next.get() : now;
            Planned first = planned.peek();
            if (first != null && !first.at().isAfter(now)) {
                planned.remove();
                first.what().run();
            }
            perform();
        }
        now = ended.isEmpty() ? end : now;
    }

    private Optional<Instant> next() {
        Stream<Instant> plans = planned.stream().map(Planned::at);
        return Stream.of(plans, outgoing.due().stream(), incoming.due().stream())
                .flatMap(times -> times)
                .min(Comparator.naturalOrder());
    }

    void connect() {
        if (!connected) {
            connected = true;
            incoming.connected(now);
        }
    }

    void disconnect() {
        connected = false;
        incoming.disconnected(now);
    }

    /** The recipient's phone dies, and is there again. */
    void restart() {
        connected = false;
        sink.crash();
        incoming = Incoming.of(file, sink.record(), IncomingLimits.usual());
        connect();
    }

    /** The sender's process ends: nothing is on offer any more. */
    void forget() {
        outgoing = new Outgoing(ALICE.tag(), OutgoingLimits.usual());
    }

    private void perform() {
        for (OutgoingAction action : outgoing.drain(now)) {
            if (action instanceof OutgoingAction.Send send) {
                send(send);
            } else {
                told.add(action);
            }
        }
        List<IncomingAction> actions = incoming.drain(now);
        while (!actions.isEmpty()) {
            actions.forEach(this::perform);
            actions = incoming.drain(now);
        }
    }

    private void send(OutgoingAction.Send send) {
        sent++;
        Optional<Duration> wait = broker.take(1, now);
        if (wait.isPresent()) {
            refused++;
            outgoing.refused(wait.get(), now);
        } else if (connected) {
            carry(overTheLine(), () -> {
                if (connected) {
                    incoming.chunk(send.body(), now);
                }
            });
        }
    }

    /** How long a chunk takes that goes now, behind those that went before it. */
    private Duration overTheLine() {
        if (perChunk == null) {
            return Duration.ZERO;
        }
        lineFree = Pace.later(lineFree, now).plus(perChunk);
        Duration backlog = Duration.between(now, lineFree);
        longestBacklog = backlog.compareTo(longestBacklog) > 0 ? backlog : longestBacklog;
        return backlog;
    }

    private void carry(Duration least, Runnable arrives) {
        int copies = random.nextInt(100) < lost ? 0 : random.nextInt(100) < doubled ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            plan(least.plusMillis(random.nextLong(longestWay.toMillis() + 1)), arrives);
        }
    }

    private void perform(IncomingAction action) {
        if (action instanceof IncomingAction.Ask ask) {
            ask(ask.wanted());
        } else if (action instanceof IncomingAction.Write write) {
            if (!sink.write(write.number(), write.bytes())) {
                incoming.unstorable();
            }
        } else if (action instanceof IncomingAction.Finish) {
            incoming.finished(sink.finish());
        } else if (action instanceof IncomingAction.End end) {
            ended.add(end.outcome());
        }
    }

    private void ask(Wanted wanted) {
        if (wanted.say() instanceof Wanted.Chunks chunks) {
            questions++;
            int asked = chunks.spans().stream().mapToInt(Wanted.Span::count).sum();
            mostAsked = Math.max(mostAsked, asked);
        }
        Wanted read = overTheWire(wanted);
        carry(Duration.ZERO, () -> outgoing.wanted(BOB, read, now));
    }

    private static Wanted overTheWire(Wanted wanted) {
        Opaque letter = new Letter(Given.id(1), Given.NOW, wanted).encode();
        Content read = Letter.decode(letter).orElseThrow().content();
        return (Wanted) read;
    }
}
