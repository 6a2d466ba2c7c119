package lethe.device;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.device.files.FileSink;
import lethe.device.files.FileSource;
import lethe.device.files.Incoming;
import lethe.device.files.IncomingAction;
import lethe.device.files.IncomingLimits;
import lethe.device.files.Offer;
import lethe.device.files.Outgoing;
import lethe.device.files.OutgoingAction;
import lethe.device.files.OutgoingLimits;
import lethe.device.files.Peer;
import lethe.seal.chunk.ChunkHeader;
import lethe.seal.content.Label;
import lethe.seal.content.RemoteAttachment;
import lethe.seal.content.Wanted;

/**
 * A phone's larger files, sent and received chunk by chunk: performs what {@link Outgoing} and {@link Incoming} decide.
 * Reads and writes files on the runtime's executor. Safe for use by many threads.
 */
public final class FileRelay implements AutoCloseable {
    /** Files that are received at once. */
    private static final int MOST_INCOMING = 16;
    /** Chunks, 32 KiB each, that may wait for the disk; those beyond are dropped, and asked for again. */
    private static final int MOST_UNWRITTEN = 64;
    /** Alarms may ring up to this too early. */
    private static final Duration TICK = Duration.ofMillis(1);

    private final DeviceRuntime runtime;
    private final FileCourier courier;
    private final Consumer<FileEvent> listener;
    private final Strand strand;
    private final Outgoing outgoing;
    private final Map<Opaque, Receiving> incoming = new LinkedHashMap<>();
    private final AtomicInteger unwritten = new AtomicInteger();
    private Instant alarm = Instant.MAX;
    private boolean connected;
    private boolean closed;

    /**
     * Nothing is on offer, nothing is received.
     *
     * @param own the address of this phone's account
     * @param listener is called one at a time, on the runtime's executor, and does not throw
     */
    public FileRelay(DeviceRuntime runtime, Tag own, FileCourier courier, Consumer<FileEvent> listener) {
        this.runtime = runtime;
        this.courier = courier;
        this.listener = listener;
        this.strand = new Strand(runtime.executor(), this::perform);
        this.outgoing = new Outgoing(own, OutgoingLimits.usual());
    }

    /**
     * Reads a file, and has it on offer for the devices of one account. For another account, offer it again.
     *
     * @param label what the recipient is told of it
     * @param source is read as long as it is on offer, and closed then
     */
    public CompletionStage<Offering> offer(Tag to, Label label, FileSource source) {
        return CompletableFuture.supplyAsync(() -> Offer.prepare(source, label, runtime.random()), runtime.executor())
                .thenCompose(preparation -> {
                    CompletableFuture<Offering> done = new CompletableFuture<>();
                    strand.execute(() -> done.complete(offer(to, preparation, source)));
                    return done;
                });
    }

    private Offering offer(Tag to, Offer.Preparation preparation, FileSource source) {
        if (preparation instanceof Offer.Preparation.Prepared prepared) {
            if (!closed && outgoing.offer(to, prepared.offer(), now())) {
                return new Offering.Offered(prepared.offer().file());
            }
            source.close();
            return new Offering.NoRoom();
        }
        source.close();
        return new Offering.Unfit(((Offer.Preparation.Unprepared) preparation).reason());
    }

    /** The owner takes a file back. */
    public void withdraw(Opaque transfer) {
        strand.execute(() -> outgoing.withdraw(transfer));
    }

    /**
     * Begins to receive a file, or goes on.
     *
     * @param from the device that sent the letter with it
     * @param sink is closed at the end
     * @return false if it is being received already, or too many are; then the sink is closed
     */
    public CompletionStage<Boolean> receive(Peer from, RemoteAttachment file, FileSink sink) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        strand.execute(() -> done.complete(begin(from, file, sink)));
        return done;
    }

    private boolean begin(Peer from, RemoteAttachment file, FileSink sink) {
        if (closed || incoming.size() >= MOST_INCOMING || incoming.containsKey(file.transfer())) {
            sink.close();
            return false;
        }
        Incoming machine = Incoming.of(file, sink.record(), IncomingLimits.usual());
        incoming.put(file.transfer(), new Receiving(from, file, sink, machine));
        if (connected) {
            machine.connected(now());
        }
        return true;
    }

    /** The owner does not want a file any more that is being received. */
    public void cancel(Opaque transfer) {
        strand.execute(() -> find(transfer).ifPresent(receiving -> receiving.machine.cancel()));
    }

    // What comes from outside.

    /** A letter of a device has said what it wants. */
    public void wanted(Peer from, Wanted wanted) {
        strand.execute(() -> outgoing.wanted(from, wanted, now()));
    }

    /** A chunk has come ({@link ChunkHeader#isChunk}). */
    public void chunk(Opaque body) {
        if (unwritten.incrementAndGet() > MOST_UNWRITTEN) {
            unwritten.decrementAndGet();
            return;
        }
        strand.execute(() -> {
            unwritten.decrementAndGet();
            ChunkHeader.read(body).flatMap(header -> find(header.transfer())).ifPresent(receiving -> {
                receiving.machine.chunk(body, now());
                perform(receiving);
            });
        });
    }

    /** A broker refused a chunk for now. */
    public void refused(Duration retryAfter) {
        strand.execute(() -> outgoing.refused(retryAfter, now()));
    }

    /** A session is live. */
    public void connected() {
        strand.execute(() -> {
            connected = true;
            incoming.values().forEach(receiving -> receiving.machine.connected(now()));
        });
    }

    /** The session is gone. */
    public void disconnected() {
        strand.execute(() -> {
            connected = false;
            outgoing.disconnected();
            incoming.values().forEach(receiving -> receiving.machine.disconnected(now()));
        });
    }

    /** Files on offer are withdrawn; what is there of others stays for the next life. */
    @Override
    public void close() {
        strand.execute(() -> {
            closed = true;
            outgoing.withdrawAll();
            incoming.values().forEach(receiving -> receiving.sink.close());
            incoming.clear();
        });
    }

    private Optional<Receiving> find(Opaque transfer) {
        return Optional.ofNullable(incoming.get(transfer));
    }

    private void perform() {
        outgoing.drain(now()).forEach(this::perform);
        List.copyOf(incoming.values()).forEach(this::perform);
        Stream.concat(
                        outgoing.due().stream(),
                        incoming.values().stream().flatMap(receiving -> receiving.machine.due().stream()))
                .min(Comparator.naturalOrder())
                .ifPresent(this::wakeAt);
    }

    private void perform(OutgoingAction action) {
        if (action instanceof OutgoingAction.Send send) {
            courier.ephemeral(send.to(), send.body());
        } else if (action instanceof OutgoingAction.TellTaken taken) {
            listener.accept(new FileEvent.Taken(taken.transfer(), taken.by()));
        } else if (action instanceof OutgoingAction.TellEnded ended) {
            listener.accept(new FileEvent.OfferEnded(ended.transfer(), ended.why()));
        }
    }

    /** Until nothing is left: what comes of an action may be one more. */
    private void perform(Receiving receiving) {
        List<IncomingAction> actions = receiving.machine.drain(now());
        while (!actions.isEmpty()) {
            actions.forEach(action -> perform(receiving, action));
            actions = receiving.machine.drain(now());
        }
    }

    private void perform(Receiving receiving, IncomingAction action) {
        if (action instanceof IncomingAction.Ask ask) {
            courier.letter(receiving.from, ask.wanted());
        } else if (action instanceof IncomingAction.Write write) {
            write(receiving, write);
        } else if (action instanceof IncomingAction.Finish) {
            receiving.machine.finished(receiving.sink.finish());
        } else if (action instanceof IncomingAction.End end) {
            end(receiving, end);
        }
    }

    private void write(Receiving receiving, IncomingAction.Write write) {
        if (receiving.sink.write(write.number(), write.bytes())) {
            listener.accept(new FileEvent.Received(
                    receiving.file.transfer(), receiving.machine.received(), receiving.file.chunks()));
        } else {
            receiving.machine.unstorable();
        }
    }

    private void end(Receiving receiving, IncomingAction.End end) {
        incoming.remove(receiving.file.transfer());
        if (end.outcome().discards()) {
            receiving.sink.discard();
        } else {
            receiving.sink.close();
        }
        listener.accept(new FileEvent.ReceivingEnded(receiving.file.transfer(), end.outcome()));
    }

    private void wakeAt(Instant due) {
        if (due.isBefore(alarm)) {
            alarm = due;
            Duration delay = Duration.between(now(), due).plus(TICK);
            runtime.alarm().in(delay.isNegative() ? TICK : delay, () -> strand.execute(() -> rang(due)));
        }
    }

    /** An alarm that was set before a nearer one rings for nothing. */
    private void rang(Instant due) {
        if (due.equals(alarm)) {
            alarm = Instant.MAX;
        }
    }

    private Instant now() {
        return runtime.clock().instant();
    }

    /** A file that is being received. */
    private record Receiving(Peer from, RemoteAttachment file, FileSink sink, Incoming machine) {}
}
