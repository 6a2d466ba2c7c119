package lethe.loadtest.sms;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import lethe.loadtest.sms.Step.Move;

/** What happens to a pair of phones around one deadline, in order. It leaves both with a network, and nobody busy. */
record Script(List<Step> steps) {
    /** A phone is off the network by then. */
    private static final long GONE = 150;

    Script {
        steps = List.copyOf(steps);
    }

    /**
     * Draws one.
     *
     * @param deadline of the messages, in milliseconds after they are sent
     */
    static Script draw(Reception reception, long deadline, Random random) {
        return new Script(
                switch (reception) {
                    case GOOD -> List.of(new Step(0, Move.SEND));
                    case NONE -> away(GONE + deadline + random.nextLong(100, 2_000));
                    case BACK_BEFORE -> away(GONE + deadline - random.nextLong(20, 500));
                    case BACK_AT -> away(GONE + deadline + random.nextLong(-80, 40));
                    case LOST -> lost(deadline, random);
                    case FLICKERING -> flickering(deadline, random);
                    case BUSY_BEFORE -> busy(deadline - random.nextLong(20, 300));
                    case BUSY_AFTER -> busy(deadline + random.nextLong(20, 800));
                    case SENDER_AWAY ->
                        List.of(
                                new Step(0, Move.SENDER_LEAVES),
                                new Step(GONE, Move.SEND),
                                new Step(GONE + deadline + random.nextLong(-200, 200), Move.SENDER_RETURNS));
                });
    }

    private static List<Step> away(long until) {
        return List.of(
                new Step(0, Move.RECIPIENT_LEAVES), new Step(GONE, Move.SEND), new Step(until, Move.RECIPIENT_RETURNS));
    }

    private static List<Step> lost(long deadline, Random random) {
        long lost = random.nextLong(1, random.nextBoolean() ? 60 : deadline);
        return List.of(
                new Step(0, Move.SEND),
                new Step(lost, Move.RECIPIENT_LEAVES),
                new Step(Math.max(lost + GONE, deadline + random.nextLong(-200, 1_500)), Move.RECIPIENT_RETURNS));
    }

    private static List<Step> flickering(long deadline, Random random) {
        List<Step> steps = new ArrayList<>();
        steps.add(new Step(0, Move.SEND));
        boolean away = false;
        long at = random.nextLong(1, GONE);
        while (away || at < deadline) {
            away = !away;
            steps.add(new Step(at, away ? Move.RECIPIENT_LEAVES : Move.RECIPIENT_RETURNS));
            at += random.nextLong(80, 400);
        }
        return steps;
    }

    private static List<Step> busy(long until) {
        return List.of(new Step(0, Move.RECIPIENT_BUSY), new Step(0, Move.SEND), new Step(until, Move.RECIPIENT_FREE));
    }

    /** When it is over. */
    long millis() {
        return steps.get(steps.size() - 1).atMillis();
    }
}
