package lethe.registrar.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import lethe.core.identity.Opaque;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests and answers of one connection, in turn.
 *
 * <p>Nothing is read while an answer is made. A whole request has to come within a time that starts when the connection
 * opens and when the last answer has gone; so does the phone have to take an answer. That bounds handshakes, slow
 * headers, slow bodies, idle connections and phones that do not read alike.
 */
final class Exchanges extends SimpleChannelInboundHandler<HttpObject> {
    private static final Logger LOG = LoggerFactory.getLogger(Exchanges.class);

    private final Limits limits;
    private final Workers workers;
    private final Service service;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private @Nullable HttpRequest head;
    private @Nullable ScheduledFuture<?> overdue;
    private boolean wanted;
    private boolean ending;

    Exchanges(Limits limits, Workers workers, Service service) {
        this.limits = limits;
        this.workers = workers;
        this.service = service;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        cutWithin(context, limits.within());
        want(context);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject part) throws IOException {
        wanted = false;
        if (ending) {
            want(context);
            return;
        }
        if (part.decoderResult().isFailure()) {
            refuseAndClose(context, Problem.of(ProblemType.MALFORMED, "not HTTP, or too long a head"));
            return;
        }
        if (part instanceof HttpRequest request) {
            begin(context, request);
        }
        HttpRequest begun = head;
        if (begun != null && part instanceof HttpContent content) {
            add(context, begun, content);
        }
        if (head != null && !(part instanceof LastHttpContent)) {
            want(context);
        }
    }

    private void want(ChannelHandlerContext context) {
        wanted = true;
        context.read();
    }

    /** Bytes have come, but no part of a request yet, as in a handshake: then what was asked for is asked for again. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (wanted) {
            context.read();
        }
        context.fireChannelReadComplete();
    }

    private void begin(ChannelHandlerContext context, HttpRequest request) {
        body.reset();
        head = request;
        if (HttpUtil.getContentLength(request, 0L) > limits.body()) {
            refuseTooLarge(context);
        } else if (HttpUtil.is100ContinueExpected(request)) {
            var unused = context.writeAndFlush(
                    new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        }
    }

    private void add(ChannelHandlerContext context, HttpRequest request, HttpContent content) throws IOException {
        int length = content.content().readableBytes();
        if (body.size() + length > limits.body()) {
            refuseTooLarge(context);
            return;
        }
        content.content().readBytes(body, length);
        if (content instanceof LastHttpContent) {
            head = null;
            stopTheClock();
            hand(context, whole(request), HttpUtil.isKeepAlive(request));
        }
    }

    private Request whole(HttpRequest request) {
        return new Request(
                request.method().name(),
                request.uri(),
                request.headers().get(HttpHeaderNames.CONTENT_TYPE, ""),
                request.headers().get(HttpHeaderNames.ACCEPT, ""),
                Opaque.wrap(body.toByteArray()));
    }

    private void hand(ChannelHandlerContext context, Request request, boolean keep) {
        boolean taken = workers.take(() -> {
            // Whoever has gone needs no answer.
            if (context.channel().isActive()) {
                Response response = answer(request);
                context.executor().execute(() -> send(context, response, keep));
            }
        });
        if (!taken) {
            send(
                    context,
                    Response.refused(Problem.of(ProblemType.OVERLOADED).withRetryAfter(limits.retryAfter())),
                    keep);
        }
    }

    private Response answer(Request request) {
        try {
            return service.answer(request);
        } catch (RuntimeException defect) {
            // Not its message: that may quote what was asked.
            LOG.error("A request failed, please report this: {} at {}", defect.getClass(), place(defect));
            return Response.refused(Problem.of(ProblemType.INTERNAL));
        }
    }

    private static String place(RuntimeException defect) {
        StackTraceElement[] trace = defect.getStackTrace();
        return trace.length == 0 ? "an unknown place" : trace[0].toString();
    }

    private void refuseTooLarge(ChannelHandlerContext context) {
        refuseAndClose(context, Problem.of(ProblemType.TOO_LARGE).withLimit(limits.body()));
    }

    /**
     * Hears the peer out for a while and drops what it says: the reset that follows unread bytes would eat the answer.
     */
    private void refuseAndClose(ChannelHandlerContext context, Problem problem) {
        head = null;
        ending = true;
        var unused = write(context, Response.refused(problem), false);
        cutWithin(context, limits.heardOut());
        want(context);
    }

    private void send(ChannelHandlerContext context, Response response, boolean keep) {
        cutWithin(context, limits.within());
        ChannelFuture sent = write(context, response, keep);
        if (keep) {
            var unused = sent.addListener(done -> {
                cutWithin(context, limits.within());
                want(context);
            });
        } else {
            var unused = sent.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private static ChannelFuture write(ChannelHandlerContext context, Response response, boolean keep) {
        FullHttpResponse full = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(response.status()),
                Unpooled.wrappedBuffer(response.body().shared()));
        full.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, response.mediaType())
                .set(HttpHeaderNames.CONTENT_LENGTH, response.body().length())
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        response.headers().forEach((name, value) -> full.headers().set(name, value));
        HttpUtil.setKeepAlive(full, keep);
        return context.writeAndFlush(full);
    }

    private void cutWithin(ChannelHandlerContext context, Duration time) {
        stopTheClock();
        overdue = context.executor().schedule(() -> cut(context), time.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static void cut(ChannelHandlerContext context) {
        var unused = context.close();
    }

    private void stopTheClock() {
        if (overdue != null) {
            overdue.cancel(false);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stopTheClock();
        context.fireChannelInactive();
    }

    /** A handshake that failed, a connection that broke: of no interest to the operator, and it may quote the peer. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        cut(context);
    }
}
