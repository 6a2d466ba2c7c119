package lethe.broker.edge.netty;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import lethe.broker.edge.connection.PlainAnswer;
import lethe.broker.edge.socket.Handshake;
import lethe.broker.edge.socket.Sockets;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import org.jspecify.annotations.Nullable;

/** Answers the one request of a connection that is to become a socket: with 101, or with a problem and the end. */
final class Upgrading extends ChannelInboundHandlerAdapter {
    private static final int LONGEST_LINE = 512;
    private static final int LONGEST_HEADERS = 8 * 1024;
    private static final int LONGEST_CHUNK = 1024;
    private static final String DECODER = "request";

    private final Loop loop;
    private final Sockets sockets;
    private final Supplier<Optional<Problem>> objection;
    private final Runnable inTime;
    private @Nullable Handshake handshake;

    private Upgrading(Loop loop, Sockets sockets, Supplier<Optional<Problem>> objection, Runnable inTime) {
        this.loop = loop;
        this.sockets = sockets;
        this.objection = objection;
        this.inTime = inTime;
    }

    /**
     * Takes its place at the end of a pipeline.
     *
     * @param objection why the address may not ask now; empty if it may
     * @param inTime to be run when the request has come, in time
     */
    static void addTo(
            ChannelHandlerContext context,
            Loop loop,
            Sockets sockets,
            Supplier<Optional<Problem>> objection,
            Runnable inTime) {
        context.pipeline()
                .addLast(DECODER, new HttpRequestDecoder(LONGEST_LINE, LONGEST_HEADERS, LONGEST_CHUNK))
                .addLast(new Upgrading(loop, sockets, objection, inTime));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request && handshake == null) {
            handshake = judge(request);
            if (handshake instanceof Handshake.Refused refused) {
                refuse(context, refused);
            }
        }
        // Not before the end of the request: what the decoder finds after it is not the socket's.
        if (message instanceof LastHttpContent && handshake instanceof Handshake.Agreed agreed) {
            become(context, agreed);
        }
        ReferenceCountUtil.release(message);
    }

    private Handshake judge(HttpRequest request) {
        Problem problem = problem(request);
        if (problem != null) {
            return new Handshake.Refused(problem, Map.of());
        }
        HttpHeaders fields = request.headers();
        return Handshake.judge(name -> String.join(",", fields.getAll(name)));
    }

    private @Nullable Problem problem(HttpRequest request) {
        Throwable failure = request.decoderResult().cause();
        if (failure instanceof TooLongHttpLineException) {
            return Problem.of(ProblemType.MALFORMED, "the request target is too long");
        }
        if (failure instanceof TooLongHttpHeaderException) {
            return Problem.of(ProblemType.MALFORMED, "the headers are too long");
        }
        HttpHeaders fields = request.headers();
        boolean readable = failure == null
                && request.protocolVersion().equals(HttpVersion.HTTP_1_1)
                && fields.getAll(HttpHeaderNames.HOST).size() == 1
                && fields.getAll(HttpHeaderNames.CONTENT_LENGTH).stream().allMatch("0"::equals)
                && !fields.contains(HttpHeaderNames.TRANSFER_ENCODING);
        if (!readable) {
            return Problem.of(ProblemType.MALFORMED, "this is not HTTP/1.1 as the broker reads it");
        }
        return objection.get().orElse(null);
    }

    private static void refuse(ChannelHandlerContext context, Handshake.Refused refused) {
        context.channel().config().setAutoRead(false);
        var unused = context.writeAndFlush(Unpooled.wrappedBuffer(PlainAnswer.of(refused.problem(), refused.headers())))
                .addListener(ChannelFutureListener.CLOSE);
    }

    /** What the phone sent behind its request, too early, is the socket's first input. */
    private void become(ChannelHandlerContext context, Handshake.Agreed agreed) {
        inTime.run();
        var unused =
                context.write(Unpooled.wrappedBuffer(PlainAnswer.upgraded(agreed.headers())), context.voidPromise());
        context.pipeline()
                .addLast(new SocketHandler(loop, carrier -> sockets.open(agreed.encoding(), carrier)))
                .remove(this);
        context.pipeline().remove(DECODER);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        var unused = context.close();
    }
}
