package lethe.broker.edge.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/**
 * Looks at the first bytes of a connection, to see whether it is to become a socket, and gives them on untouched.
 *
 * <p>A socket is asked for with <code>GET /v1/socket</code> as the first request; everything else, down to a socket
 * that is asked for later on the same connection, goes to the HTTP server, which can serve both.
 */
final class FirstBytes extends ByteToMessageDecoder {
    private static final byte[] SOCKET = "GET /v1/socket".getBytes(StandardCharsets.US_ASCII);

    private final Consumer<ChannelHandlerContext> socket;
    private final Consumer<ChannelHandlerContext> http;

    /** Both take their place in the pipeline behind the context that they are given; this handler then goes. */
    FirstBytes(Consumer<ChannelHandlerContext> socket, Consumer<ChannelHandlerContext> http) {
        this.socket = socket;
        this.http = http;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        for (int i = 0; i < SOCKET.length; i++) {
            if (i == in.readableBytes()) {
                return;
            }
            if (in.getByte(in.readerIndex() + i) != SOCKET[i]) {
                handOver(context, http);
                return;
            }
        }
        if (in.readableBytes() > SOCKET.length) {
            int next = in.getByte(in.readerIndex() + SOCKET.length);
            handOver(context, next == ' ' || next == '?' ? socket : http);
        }
    }

    /** Leaving the pipeline, a decoder gives what it has not used to the handler after it. */
    private void handOver(ChannelHandlerContext context, Consumer<ChannelHandlerContext> next) {
        next.accept(context);
        context.pipeline().remove(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var unused = context.close();
    }
}
