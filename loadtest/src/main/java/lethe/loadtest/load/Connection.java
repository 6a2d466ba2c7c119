package lethe.loadtest.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One half of a pair: a channel, and the dialect that is spoken on it. Lives on its pair's event loop. */
final class Connection extends ChannelInboundHandlerAdapter implements Line {
    private final Pair pair;
    private final Dialect dialect;
    private final Shard shard;
    private final Runnable whenReady;
    private final Runnable comeBack;
    private @Nullable ChannelHandlerContext context;
    /** A frame of which only a part has come. */
    private @Nullable ByteBuf partial;

    private boolean unflushed;
    private boolean ready;
    private boolean over;

    /**
     * Not opened yet.
     *
     * @param whenReady to be run once, when it can be used or never will be
     * @param comeBack opens another one in place of this
     */
    Connection(Pair pair, Dialect dialect, Shard shard, Runnable whenReady, Runnable comeBack) {
        this.pair = pair;
        this.dialect = dialect;
        this.shard = shard;
        this.whenReady = whenReady;
        this.comeBack = comeBack;
    }

    void send(long number) {
        dialect.send(number, this);
    }

    boolean isReady() {
        return ready;
    }

    @Override
    public void channelActive(ChannelHandlerContext opened) {
        context = opened;
        dialect.opened(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext from, Object message) {
        ByteBuf in = (ByteBuf) message;
        ByteBuf all = partial == null ? in : joined(partial, in);
        partial = null;
        boolean incomplete = false;
        try {
            if (!over) {
                dialect.read(all, this);
            }
            incomplete = !over && all.isReadable();
        } finally {
            if (incomplete) {
                partial = all;
            } else {
                all.release();
            }
        }
    }

    private static ByteBuf joined(ByteBuf first, ByteBuf then) {
        first.discardSomeReadBytes().writeBytes(then);
        then.release();
        return first;
    }

    @Override
    public void channelInactive(ChannelHandlerContext from) {
        if (!over) {
            failed("the broker closed the connection");
        }
        if (partial != null) {
            partial.release();
            partial = null;
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext from, Throwable cause) {
        failed(String.valueOf(cause));
    }

    @Override
    public ByteBuf buffer(int bytes) {
        return open().alloc().directBuffer(bytes);
    }

    @Override
    public void write(ByteBuf bytes) {
        ChannelHandlerContext to = open();
        var unused = to.write(bytes, to.voidPromise());
        if (!unflushed) {
            unflushed = true;
            shard.flushLater(this);
        }
    }

    private ChannelHandlerContext open() {
        if (context == null) {
            throw new IllegalStateException("the connection is not open yet");
        }
        return context;
    }

    void flush() {
        unflushed = false;
        open().flush();
    }

    @Override
    public void ready() {
        ready = true;
        whenReady.run();
    }

    @Override
    public void arrived(long number) {
        pair.arrived(number);
    }

    @Override
    public void completed(long number) {
        pair.completed(number);
    }

    @Override
    public void held(long number) {
        pair.held(number);
    }

    @Override
    public boolean refused(long number, Duration retryAfter) {
        return pair.refused(number, retryAfter);
    }

    @Override
    public void sentAway() {
        if (ready) {
            failed("the broker sent a phone away");
        } else if (!over) {
            close();
            comeBack.run();
        }
    }

    @Override
    public void failed(String why) {
        if (!over) {
            close();
            shard.failures().add(why);
            if (!ready) {
                whenReady.run();
            }
        }
    }

    /** Cuts it; nobody is told. */
    void close() {
        over = true;
        if (context != null) {
            var unused = context.close();
        }
    }
}
