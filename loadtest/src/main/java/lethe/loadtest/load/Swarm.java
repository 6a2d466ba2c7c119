package lethe.loadtest.load;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** All pairs of a run on their event loops. The thread that runs it tells the loops what to do, and waits. */
final class Swarm implements AutoCloseable {
    /** Log-ins under way at a time: a broker's queue of new connections is short. */
    private static final int AT_ONCE = 64;

    private static final Duration LOGIN = Duration.ofSeconds(60);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(5);
    private static final int CONNECT_MILLIS = 10_000;
    private static final Duration COME_BACK = Duration.ofMillis(300);

    private final Target target;
    private final LoadPlan plan;
    private final Failures failures = new Failures();
    private final EventLoopGroup loops;
    private final List<Shard> shards = new ArrayList<>();
    private final List<Pair> pairs = new ArrayList<>();
    private final Semaphore turns = new Semaphore(AT_ONCE);

    Swarm(Target target, LoadPlan plan) {
        this.target = target;
        this.plan = plan;
        this.loops = Transport.loops(plan.eventLoops());
        int count = Math.min(plan.eventLoops(), plan.pairs());
        for (int i = 0; i < count; i++) {
            shards.add(new Shard(loops.next(), failures));
        }
        for (int i = 0; i < plan.pairs(); i++) {
            Shard shard = shards.get(i % count);
            Pair pair = new Pair(i, shard, plan.mostUnderWay());
            shard.pairs().add(pair);
            pairs.add(pair);
        }
    }

    /** Every pair's sender logs in. */
    void connectSenders() throws IOException, InterruptedException {
        connect((pair, comeBack) -> {
            Connection connection = connection(pair, target.sender(pair.index()), comeBack);
            pair.senderIs(connection);
            return connection;
        });
    }

    /** Every pair's recipient logs in. */
    void connectRecipients() throws IOException, InterruptedException {
        connect((pair, comeBack) -> {
            Connection connection = connection(pair, target.recipient(pair.index()), comeBack);
            pair.recipientIs(connection);
            return connection;
        });
    }

    private Connection connection(Pair pair, Dialect dialect, Runnable comeBack) {
        return new Connection(pair, dialect, pair.shard(), turns::release, comeBack);
    }

    private interface Half {
        Connection of(Pair pair, Runnable comeBack);
    }

    private void connect(Half half) throws IOException, InterruptedException {
        long distance = SECONDS.toNanos(1) / plan.connectsPerSecond();
        long next = System.nanoTime();
        for (Pair pair : pairs) {
            takeTurns(1);
            next = Math.max(next + distance, System.nanoTime() - AT_ONCE * distance);
            LockSupport.parkNanos(next - System.nanoTime());
            pair.shard().loop().execute(() -> open(pair, half));
        }
        takeTurns(AT_ONCE);
        turns.release(AT_ONCE);
        failures.check();
    }

    private void takeTurns(int count) throws IOException, InterruptedException {
        if (!turns.tryAcquire(count, LOGIN.toSeconds(), SECONDS)) {
            failures.check();
            throw new IOException("the broker let nobody in for " + LOGIN.toSeconds() + " s");
        }
        failures.check();
    }

    private void openLater(Pair pair, Half half) {
        pair.shard().later(() -> open(pair, half), COME_BACK.toNanos());
    }

    private void open(Pair pair, Half half) {
        EventLoop loop = pair.shard().loop();
        Connection connection = half.of(pair, () -> openLater(pair, half));
        new Bootstrap()
                .group(loop)
                .channel(Transport.channel())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(connection);
                    }
                })
                .connect(target.address(pair.index()))
                .addListener(done -> {
                    if (!done.isSuccess()) {
                        connection.failed("cannot connect: " + done.cause());
                    }
                });
    }

    int size() {
        return pairs.size();
    }

    /** Does something to every pair, each on its loop; returns when it is done. */
    void each(Consumer<Pair> task) throws IOException, InterruptedException {
        eachShard(shard -> shard.pairs().forEach(task));
    }

    /** Does something to every shard, each on its loop; returns when it is done. */
    void eachShard(Consumer<Shard> task) throws IOException, InterruptedException {
        CountDownLatch done = new CountDownLatch(shards.size());
        for (Shard shard : shards) {
            shard.loop().execute(() -> {
                try {
                    task.accept(shard);
                } catch (RuntimeException defect) {
                    failures.add(String.valueOf(defect));
                } finally {
                    done.countDown();
                }
            });
        }
        done.await();
        failures.check();
    }

    /** Lets the pairs work for a time, unless something fails. */
    void pause(Duration time) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = deadline - System.nanoTime()) {
            TimeUnit.NANOSECONDS.sleep(Math.min(left, 20 * LOOK_AGAIN.toNanos()));
            failures.check();
        }
    }

    /** Lets the pairs work until all are as wanted; false if that takes longer than the bound. */
    boolean await(Predicate<Pair> wanted, Duration bound) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + bound.toNanos();
        while (!all(wanted)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN.toNanos());
        }
        return true;
    }

    private boolean all(Predicate<Pair> wanted) throws IOException, InterruptedException {
        boolean[] answers = new boolean[shards.size()];
        eachShard(
                shard -> answers[shards.indexOf(shard)] = shard.pairs().stream().allMatch(wanted));
        for (boolean answer : answers) {
            if (!answer) {
                return false;
            }
        }
        return true;
    }

    /** Puts a meter into every shard, and switches it on. */
    List<Meter> measure(Meter.Counting counting) throws IOException, InterruptedException {
        List<Meter> meters = new ArrayList<>();
        for (int i = 0; i < shards.size(); i++) {
            meters.add(new Meter(counting));
        }
        eachShard(shard -> {
            Meter meter = meters.get(shards.indexOf(shard));
            meter.begin(shard.now());
            shard.measureBy(meter);
        });
        return meters;
    }

    /** Switches every shard's meter off. */
    void measured() throws IOException, InterruptedException {
        eachShard(shard -> {
            shard.pairs().forEach(pair -> pair.addAges(shard.meter()));
            shard.meter().end(shard.now());
        });
    }

    Tally tally() throws IOException, InterruptedException {
        Tally[] tallies = new Tally[shards.size()];
        eachShard(shard -> tallies[shards.indexOf(shard)] =
                shard.pairs().stream().map(Pair::tally).reduce(Tally.NOTHING, Tally::plus));
        return List.of(tallies).stream().reduce(Tally.NOTHING, Tally::plus);
    }

    /** Cuts all connections. */
    @Override
    public void close() {
        for (Shard shard : shards) {
            shard.loop().execute(() -> shard.pairs().forEach(Pair::close));
        }
        loops.shutdownGracefully(100, 5_000, TimeUnit.MILLISECONDS).awaitUninterruptibly(5, SECONDS);
    }
}
