package lethe.gatling.phone;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/** All phones of a simulation, and what became of all their messages. */
public final class Town {
    private final SecureRandom random = new SecureRandom();
    private final Timings timings = new Timings("");
    private final List<Pair> pairs = new ArrayList<>();

    /** More pairs. */
    public List<Pair> settle(int number, Habits habits) {
        return settle(number, habits, timings);
    }

    /** More pairs, whose times are counted apart. */
    public List<Pair> settle(int number, Habits habits, Timings apart) {
        List<Pair> more = Stream.generate(() -> Pair.draw(random, habits, apart))
                .limit(number)
                .toList();
        pairs.addAll(more);
        return more;
    }

    /** Both phones of each pair. */
    public List<Phone> phones() {
        return pairs.stream()
                .flatMap(pair -> Stream.of(pair.sender(), pair.recipient()))
                .toList();
    }

    private int sum(ToIntFunction<Pair> figure) {
        return pairs.stream().mapToInt(figure).sum();
    }

    private int sent(ToIntFunction<Outbox> figure) {
        return sum(pair -> figure.applyAsInt(pair.sender().outbox()));
    }

    /** Messages that the broker took into custody, and said so. */
    public int held() {
        return sent(Outbox::held);
    }

    /** Messages that the broker took and never gave to their recipient. */
    public int lost() {
        return sum(Pair::lost);
    }

    /** Messages that came again after they had been acknowledged, or twice in one session. */
    public int duplicated() {
        return sum(pair -> pair.recipient().inbox().duplicated());
    }

    /** Messages that came behind one that was sent after them. */
    public int reordered() {
        return sum(pair -> pair.recipient().inbox().reordered());
    }

    /** Messages that the broker did not take, and said so. */
    public int refused() {
        return sent(Outbox::refused);
    }

    /** Messages of whose end their sender never heard. */
    public int unresolved() {
        return sent(Outbox::open);
    }

    /** Messages that ended otherwise than by being delivered. */
    public int otherEnds() {
        return sent(Outbox::otherEnds);
    }

    /** Phones that did not come to the end of their scenario. */
    public int unfinished() {
        return (int) phones().stream()
                .filter(phone -> !phone.hasReached(Progress.DONE))
                .count();
    }

    /** Everything that was counted, for a summary. */
    public Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("sent", sent(Outbox::sent));
        figures.put("held", held());
        figures.put("refused", refused());
        figures.put("delivered", sent(Outbox::delivered));
        figures.put("other_ends", otherEnds());
        figures.put("unresolved", unresolved());
        figures.put("lost", lost());
        figures.put("duplicated", duplicated());
        figures.put("reordered", reordered());
        figures.put("unfinished", unfinished());
        figures.putAll(timings.figures());
        return figures;
    }
}
