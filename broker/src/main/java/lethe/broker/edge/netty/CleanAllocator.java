package lethe.broker.edge.netty;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledDirectByteBuf;
import io.netty.buffer.UnpooledHeapByteBuf;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.internal.PlatformDependent;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Buffers of sockets that are overwritten when they are given back: Netty's own keep what they carried until their
 * place is used again, which on a quiet broker is never. Each thread keeps some for its next use.
 */
final class CleanAllocator extends AbstractByteBufAllocator {
    private static final int LEAST_BITS = 8;
    private static final int MOST_BITS = 16;
    private static final int KEPT_OF_A_SIZE = 1 << 20;
    private static final byte[] ZEROS = new byte[1 << MOST_BITS];

    /** By size, a power of two: what this thread has to give. */
    private final FastThreadLocal<Deque<ByteBuffer>[]> shelves = new FastThreadLocal<>() {
        @Override
        @SuppressWarnings({"unchecked", "rawtypes"})
        protected Deque<ByteBuffer>[] initialValue() {
            Deque[] empty = new Deque[MOST_BITS + 1];
            Arrays.setAll(empty, bits -> new ArrayDeque<>());
            return empty;
        }
    };

    CleanAllocator() {
        super(true);
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        return new UnpooledHeapByteBuf(this, initialCapacity, maxCapacity) {
            @Override
            protected void freeArray(byte[] array) {
                Arrays.fill(array, (byte) 0);
            }
        };
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        return new UnpooledDirectByteBuf(this, initialCapacity, maxCapacity) {
            @Override
            protected ByteBuffer allocateDirect(int capacity) {
                return take(capacity);
            }

            @Override
            protected void freeDirect(ByteBuffer buffer) {
                giveBack(buffer);
            }
        };
    }

    private ByteBuffer take(int capacity) {
        int bits = bits(capacity);
        if (bits > MOST_BITS) {
            return ByteBuffer.allocateDirect(capacity);
        }
        ByteBuffer kept = shelves.get()[bits].pollLast();
        return (kept == null ? ByteBuffer.allocateDirect(1 << bits) : kept).limit(capacity);
    }

    private void giveBack(ByteBuffer buffer) {
        buffer.clear();
        while (buffer.hasRemaining()) {
            buffer.put(ZEROS, 0, Math.min(ZEROS.length, buffer.remaining()));
        }
        buffer.clear();
        int bits = bits(buffer.capacity());
        if (bits <= MOST_BITS && shelves.get()[bits].size() << bits < KEPT_OF_A_SIZE) {
            shelves.get()[bits].addLast(buffer);
        } else {
            PlatformDependent.freeDirectBuffer(buffer);
        }
    }

    private static int bits(int capacity) {
        return Math.max(LEAST_BITS, Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(1, capacity) - 1));
    }

    @Override
    public boolean isDirectBufferPooled() {
        return true;
    }
}
