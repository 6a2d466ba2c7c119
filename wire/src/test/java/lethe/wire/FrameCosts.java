package lethe.wire;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.ServerFrame;
import lethe.core.protocol.Urgency;
import lethe.core.receipt.ReceiptState;

/**
 * Prints what the hot frames cost as CBOR, the general way and the short one: nanoseconds and allocated bytes. Not a
 * test; to be run by hand.
 */
final class FrameCosts {
    private static final int WARM_UP = 400_000;
    private static final int ROUNDS = 1_000_000;
    private static final int BODY = 256;

    private FrameCosts() {}

    public static void main(String[] arguments) {
        Samples samples = new Samples(1);
        ClientFrame.Send any = samples.send(BODY);
        ClientFrame send =
                new ClientFrame.Send(7_000, any.id(), any.to(), null, null, null, null, null, null, any.body(), null);
        ClientFrame ack = new ClientFrame.Ack(7_000, List.of(), List.of());
        ServerFrame deliver =
                new ServerFrame.Deliver(7_000, any.id(), Duration.ofDays(3), Urgency.NORMAL, samples.bytes(BODY));
        ServerFrame receipt = new ServerFrame.Receipt(
                any.id(), ReceiptState.DELIVERED, Instant.ofEpochMilli(1_795_305_600_000L), false);
        for (int run = 0; run < 2; run++) {
            decode("send", send);
            decode("ack", ack);
            encode("deliver", deliver);
            encode("receipt", receipt);
        }
    }

    private static void decode(String name, ClientFrame frame) {
        byte[] bytes = Frames.encode(Encoding.CBOR, frame);
        measure(
                "decode " + name + " general",
                () -> Octets.read(Encoding.CBOR, ClientFrames.VOCABULARY, bytes, 0, bytes.length));
        measure("decode " + name + " short", () -> Frames.decodeClient(Encoding.CBOR, bytes));
    }

    private static void encode(String name, ServerFrame frame) {
        ByteBuffer direct = ByteBuffer.allocateDirect(1 << 16);
        measure("encode " + name + " general", () -> Octets.of(Encoding.CBOR, ServerFrames.VOCABULARY, frame));
        measure("encode " + name + " short", () -> Frames.encode(Encoding.CBOR, frame));
        measure("encode " + name + " in place", () -> {
            Frames.encode(Encoding.CBOR, frame, length -> direct.clear());
            return direct;
        });
    }

    private static void measure(String name, Supplier<Object> work) {
        repeat(WARM_UP, work);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = threads.getCurrentThreadAllocatedBytes();
        long start = threads.getCurrentThreadCpuTime();
        repeat(ROUNDS, work);
        long nanos = threads.getCurrentThreadCpuTime() - start;
        allocated = threads.getCurrentThreadAllocatedBytes() - allocated;
        System.out.printf(
                Locale.ROOT,
                "%-24s %6.0f ns %6.0f bytes%n",
                name,
                (double) nanos / ROUNDS,
                (double) allocated / ROUNDS);
    }

    private static void repeat(int times, Supplier<Object> work) {
        for (int i = 0; i < times; i++) {
            if (work.get() == null) {
                throw new IllegalStateException("did nothing");
            }
        }
    }
}
