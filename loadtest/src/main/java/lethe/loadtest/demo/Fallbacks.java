package lethe.loadtest.demo;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import lethe.core.identity.MessageId;
import lethe.device.sms.ShortTag;
import lethe.device.sms.SmsCopy;

/** Two messages that IP cannot deliver, and the modem of A's phone that does. */
final class Fallbacks {
    private static final Duration DEADLINE = Duration.ofSeconds(3);

    /** Numbers that North America keeps for fiction. They stay on A's phone. */
    private static final String NUMBER_OF_C = "+12025550143";

    private static final String NUMBER_OF_D = "+12025550144";

    private final Supplier<Stage> stage;

    Fallbacks(Supplier<Stage> stage) {
        this.stage = stage;
    }

    Seen run() throws Exception {
        Stage here = stage.get();
        Stage.get(here.d.disconnect());
        String toC = here.texts("to C", 1).get(0);
        String toD = here.texts("to D", 1).get(0);
        long begin = System.nanoTime();
        MessageId first = here.sendOrSms(here.a, here.c, toC, NUMBER_OF_C, DEADLINE);
        MessageId second = here.sendOrSms(here.a, here.d, toD, NUMBER_OF_D, DEADLINE);
        here.await("the broker takes the one for D into custody", () -> here.a.isHeld(second));
        here.awaitEnd(here.a, List.of(first, second), "sms_sent");
        Duration waited = Duration.ofNanos(System.nanoTime() - begin);
        Stage.verify("the SMS to D went out " + waited + " after sending", waited.compareTo(DEADLINE) >= 0);
        List<String> sms = here.a.sms().stream()
                .map(SmsCopy::text)
                .map(text -> ShortTag.read(text).map(ShortTag.Tagged::text).orElse(text))
                .toList();
        Stage.verify("the modem got " + sms, sms.size() == 2 && sms.containsAll(List.of(toC, toD)));
        Stage.verify("D could not connect", here.d.connect());
        here.await("D has all that waited", here.d::isDrained);
        Stage.verify("D got it over IP too: " + here.d.texts(), here.d.texts().isEmpty());
        return Seen.that("both went out through the modem of A's phone; D is back, and did not get it a second time"
                        + " over IP")
                .with("sms", sms.size())
                .with("deadline_ms", DEADLINE.toMillis())
                .with("took_until_sms_ms", waited.toMillis());
    }
}
