package lethe.loadtest.simulation;

import static lethe.loadtest.simulation.Timeline.MILLI;
import static lethe.loadtest.simulation.Timeline.SECOND;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * What all nodes store in: the rows of each subscriber, and the numbers of its incarnations. What is asked is done at
 * once when it arrives, or never, or long after whoever asked has given up; and sometimes nobody hears that it was
 * done.
 *
 * <p>Stands for a quorum of replicas that agree. Does not show a write that some replicas have and others not, nor the
 * index of what is due.
 */
final class Store {
    private static final long PATIENCE = 2 * SECOND;
    private static final int ATTEMPTS = 6;
    private static final long LATEST = 15 * SECOND;

    private final Timeline timeline;
    private final Dice dice;
    private final Map<Integer, Partition> partitions = new LinkedHashMap<>();
    private final Map<Integer, Life> lives = new LinkedHashMap<>();
    private boolean up = true;
    private int troubleOneIn;

    /**
     * Of one subscriber's life.
     *
     * @param born the number with which it began
     * @param number of the present incarnation
     */
    private record Life(long born, long number) {}

    /**
     * A number that was taken.
     *
     * @param predecessor whose number it replaced
     * @param born the number with which the present life began
     */
    record Claimed(long number, long predecessor, long born) {}

    /** There is no answer, or a later incarnation exists: whatever was to be stored may or may not have been. */
    static final class NotConfirmed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotConfirmed() {
            super("not confirmed", null, false, false);
        }
    }

    Store(Timeline timeline, Dice dice) {
        this.timeline = timeline;
        this.dice = dice;
    }

    /** From now on one question in so many meets trouble; none, if zero. */
    void trouble(int oneIn) {
        troubleOneIn = oneIn;
    }

    /** It is there, or away: what is asked then is not done. */
    void up(boolean there) {
        up = there;
    }

    Partition partition(int subscriber) {
        return partitions.computeIfAbsent(subscriber, key -> new Partition());
    }

    /** Asks once: for what must not happen twice. */
    <T> CompletableFuture<T> ask(Node node, Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        attempt(node, question, answer, 1);
        return answer;
    }

    /** Asks again while there is no answer, for some seconds. It may be done several times, and late. */
    <T> CompletableFuture<T> insist(Node node, Supplier<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        attempt(node, question, answer, ATTEMPTS);
        return answer;
    }

    private <T> void attempt(Node node, Supplier<T> question, CompletableFuture<T> answer, int attempts) {
        boolean troubled = troubleOneIn > 0 && dice.oneIn(troubleOneIn);
        int trouble = troubled ? dice.below(3) : 3;
        long late = trouble == 0 ? dice.between(0, LATEST) : 0;
        timeline.after(latency() + late, () -> {
            if (!up || node.isCutFromStore() || trouble == 1) {
                return;
            }
            T value = question.get();
            if (trouble == 3) {
                node.later(latency(), () -> answer.complete(value));
            }
        });
        node.later(PATIENCE + dice.about(100 * MILLI), () -> {
            if (answer.isDone()) {
                return;
            }
            if (attempts > 1) {
                attempt(node, question, answer, attempts - 1);
            } else {
                answer.completeExceptionally(new NotConfirmed());
            }
        });
    }

    private long latency() {
        return 200 + dice.about(2 * MILLI);
    }

    /** Takes the first number of a new life; empty when there is one already. */
    OptionalLong begin(int subscriber, long number) {
        return lives.putIfAbsent(subscriber, new Life(number, number)) == null
                ? OptionalLong.of(number)
                : OptionalLong.empty();
    }

    /** The present number, as if it had been taken already; empty when there is none. */
    Optional<Claimed> current(int subscriber) {
        return Optional.ofNullable(lives.get(subscriber))
                .map(life -> new Claimed(life.number(), life.number(), life.born()));
    }

    /** Takes a number instead of another one; whether that one was the present one. */
    boolean claim(int subscriber, Claimed wanted) {
        Life life = lives.get(subscriber);
        if (life == null || life.number() != wanted.predecessor()) {
            return false;
        }
        lives.put(subscriber, new Life(life.born(), wanted.number()));
        return true;
    }

    boolean isCurrent(int subscriber, long number) {
        Life life = lives.get(subscriber);
        return life != null && life.number() == number;
    }

    /** Ends the life, if this incarnation still is the present one. */
    void retire(int subscriber, long number) {
        if (isCurrent(subscriber, number)) {
            lives.remove(subscriber);
        }
    }
}
