package lethe.broker.edge.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CleanAllocatorTest {
    private final CleanAllocator buffers = new CleanAllocator();

    @Test
    void givesARoomOfTheSizeThatWasAskedFor() {
        for (int size : List.of(1, 255, 256, 257, 2_048, 65_536, 65_537, 1_000_000)) {
            ByteBuf buffer = buffers.ioBuffer(size);
            assertThat(buffer.capacity()).isEqualTo(size);
            assertThat(buffer.isDirect()).isTrue();
            buffer.release();
        }
    }

    @Test
    void givesTheSamePlaceAgainAndNothingOfWhatItCarried() {
        ByteBuf first = buffers.ioBuffer(2_000);
        first.writeBytes(full(2_000));
        first.release();

        ByteBuf second = buffers.ioBuffer(2_048);
        assertThat(content(second)).containsOnly(0);
        second.setByte(0, 1);
        ByteBuf third = buffers.ioBuffer(2_048);
        assertThat(third.getByte(0)).isZero();
        second.release();
        third.release();
    }

    /** A buffer that grows leaves its first place: that is overwritten too. */
    @Test
    void leavesNothingWhereItGrewFrom() {
        ByteBuf grown = buffers.ioBuffer(300);
        grown.writeBytes(full(300));
        grown.writeBytes(full(10_000));
        assertThat(content(grown.slice(0, 10_300))).containsOnly(7);

        ByteBuf next = buffers.ioBuffer(512);
        assertThat(content(next)).containsOnly(0);
        grown.release();
        next.release();
    }

    @Test
    void overwritesArraysToo() {
        ByteBuf heap = buffers.heapBuffer(100);
        heap.writeBytes(full(100));
        byte[] array = heap.array();
        heap.release();

        assertThat(array).containsOnly(0);
    }

    @Test
    void overwritesHoweverMuchIsGivenBack() {
        List<ByteBuf> many =
                IntStream.range(0, 100).mapToObj(i -> buffers.ioBuffer(65_536)).toList();
        many.forEach(ByteBuf::release);

        List<ByteBuf> again =
                IntStream.range(0, 100).mapToObj(i -> buffers.ioBuffer(65_536)).toList();
        again.forEach(buffer -> assertThat(content(buffer)).containsOnly(0));
        again.forEach(ByteBuf::release);
    }

    private static byte[] full(int length) {
        byte[] full = new byte[length];
        Arrays.fill(full, (byte) 7);
        return full;
    }

    private static byte[] content(ByteBuf buffer) {
        byte[] content = new byte[buffer.capacity()];
        buffer.getBytes(0, content);
        return content;
    }
}
