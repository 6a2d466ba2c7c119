package lethe.loadtest.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class ContentsTest {
    @Test
    void aMessageHasItsSizeAndBeginsWithItsNumber() {
        var out = Unpooled.buffer();
        new Contents(256).write(out, true, 5);
        assertThat(out.readableBytes()).isEqualTo(256);
        assertThat(out.readLong()).isEqualTo(5);
    }

    @Test
    void aReceiptIsTheNumber() {
        var out = Unpooled.buffer();
        new Contents(256).write(out, false, 5);
        assertThat(out.readLong()).isEqualTo(5);
        assertThat(out.isReadable()).isFalse();
    }

    @Test
    void refusesASizeWithoutRoomForTheNumber() {
        assertThatThrownBy(() -> new Contents(7)).isInstanceOf(IllegalArgumentException.class);
    }
}
