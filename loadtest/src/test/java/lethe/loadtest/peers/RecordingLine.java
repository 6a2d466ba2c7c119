package lethe.loadtest.peers;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lethe.loadtest.load.Dialect;
import lethe.loadtest.load.Line;

/** A line that leads nowhere: keeps what is written, and what its dialect has heard. */
public final class RecordingLine implements Line {
    private final ByteBuf written = Unpooled.buffer();
    private final List<String> heard = new ArrayList<>();

    /** Hands bytes to a dialect as a socket may: one at a time. */
    public void hear(Dialect dialect, byte[] bytes) {
        ByteBuf in = Unpooled.buffer();
        for (byte next : bytes) {
            in.writeByte(next);
            dialect.read(in, this);
            in.discardReadBytes();
        }
    }

    public void hear(Dialect dialect, String text) {
        hear(dialect, text.getBytes(StandardCharsets.UTF_8));
    }

    public void hearHex(Dialect dialect, String hex) {
        hear(dialect, ByteBufUtil.decodeHexDump(hex.replace(" ", "")));
    }

    /** What was written since this was asked last, in hexadecimal. */
    public String writtenHex() {
        String hex = ByteBufUtil.hexDump(written);
        written.clear();
        return hex;
    }

    /** What was written since this was asked last. */
    public String writtenText() {
        String text = written.toString(StandardCharsets.UTF_8);
        written.clear();
        return text;
    }

    /** What the dialect has said since this was asked last. */
    public List<String> heard() {
        List<String> all = List.copyOf(heard);
        heard.clear();
        return all;
    }

    @Override
    public void write(ByteBuf bytes) {
        written.writeBytes(bytes);
        bytes.release();
    }

    @Override
    public ByteBuf buffer(int bytes) {
        return Unpooled.buffer(bytes);
    }

    @Override
    public void ready() {
        heard.add("ready");
    }

    @Override
    public void arrived(long number) {
        heard.add("arrived " + number);
    }

    @Override
    public void completed(long number) {
        heard.add("completed " + number);
    }

    @Override
    public void held(long number) {
        heard.add("held " + number);
    }

    @Override
    public boolean refused(long number, Duration retryAfter) {
        heard.add("refused " + number);
        return true;
    }

    @Override
    public void sentAway() {
        failed("sent away");
    }

    @Override
    public void failed(String why) {
        heard.add("failed " + why);
    }
}
