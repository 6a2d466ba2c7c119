package lethe.persistence.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.RequestThrottlingException;
import com.datastax.oss.driver.api.core.session.throttling.Throttled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.Test;
import org.scalatestplus.junit.JUnitSuite;

/** Lets in as many as there are places, in their order, and forgets none. */
public class TurnstileTest extends JUnitSuite {

    private final List<String> events = new ArrayList<>();

    @Test
    public void letsInAsManyAsThereArePlaces() {
        var turnstile = new Turnstile(2, 10);
        come(turnstile, "a", "b", "c");
        assertThat(events).containsExactly("a in", "b in");
    }

    @Test
    public void letsTheOthersInAsTheyCame() {
        var turnstile = new Turnstile(1, 10);
        var requests = come(turnstile, "a", "b", "c");
        turnstile.signalSuccess(requests.get(0));
        turnstile.signalError(requests.get(1), new IllegalStateException());
        assertThat(events).containsExactly("a in", "b in", "c in");
    }

    @Test
    public void turnsAwayOneMoreThanMayWait() {
        come(new Turnstile(1, 1), "a", "b", "c");
        assertThat(events).containsExactly("a in", "c away");
    }

    @Test
    public void forgetsWhoGaveUpWaiting() {
        var turnstile = new Turnstile(1, 10);
        var requests = come(turnstile, "a", "b", "c");
        turnstile.signalTimeout(requests.get(1));
        turnstile.signalTimeout(requests.get(0));
        assertThat(events).containsExactly("a in", "c in");
    }

    @Test
    public void turnsEverybodyAwayWhenItCloses() {
        var turnstile = new Turnstile(1, 10);
        var requests = come(turnstile, "a", "b", "c");
        turnstile.close();
        turnstile.signalSuccess(requests.get(0));
        come(turnstile, "d");
        assertThat(events).containsExactly("a in", "b away", "c away", "d away");
    }

    /** As without any node: each fails as soon as it is let in. */
    @Test
    public void doesNotNestThoseWhoLeaveAtOnce() {
        var turnstile = new Turnstile(1, 100_000);
        var first = come(turnstile, "a").get(0);
        var others = IntStream.range(0, 100_000)
                .mapToObj(i -> new Leaving(turnstile, Runnable::run))
                .toList();
        others.forEach(turnstile::register);
        turnstile.signalSuccess(first);
        assertThat(others).allMatch(leaving -> leaving.left.isDone());
    }

    @Test
    public void forgetsNobodyWhoComesAsTheLastOneLeaves() {
        var turnstile = new Turnstile(1, 10);
        var exit = Executors.newSingleThreadExecutor();
        try {
            for (int i = 0; i < 20_000; i++) {
                var one = new Leaving(turnstile, exit);
                var other = new Leaving(turnstile, exit);
                turnstile.register(one);
                turnstile.register(other);
                assertThat(CompletableFuture.allOf(one.left, other.left)).succeedsWithin(Duration.ofSeconds(10));
            }
        } finally {
            exit.shutdownNow();
        }
    }

    private List<Throttled> come(Turnstile turnstile, String... names) {
        var requests = Arrays.stream(names).<Throttled>map(Named::new).toList();
        requests.forEach(turnstile::register);
        return requests;
    }

    /** Stays until it is told to leave. */
    private final class Named implements Throttled {
        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public void onThrottleReady(boolean wasDelayed) {
            events.add(name + " in");
        }

        @Override
        public void onThrottleFailure(RequestThrottlingException failure) {
            events.add(name + " away");
        }
    }

    /** Leaves as soon as the executor lets it. */
    private static final class Leaving implements Throttled {
        private final Turnstile turnstile;
        private final Executor exit;
        private final CompletableFuture<Void> left = new CompletableFuture<>();

        Leaving(Turnstile turnstile, Executor exit) {
            this.turnstile = turnstile;
            this.exit = exit;
        }

        @Override
        public void onThrottleReady(boolean wasDelayed) {
            exit.execute(this::leave);
        }

        @Override
        public void onThrottleFailure(RequestThrottlingException failure) {
            left.completeExceptionally(failure);
        }

        private void leave() {
            turnstile.signalSuccess(this);
            left.complete(null);
        }
    }
}
