package lethe.broker.edge.resource;

import akka.http.javadsl.model.HttpRequest;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a client prefers (RFC 7240). */
final class Preference {
    private static final Pattern WAIT = Pattern.compile("(?:^|[,;\\s])wait=\"?([0-9]{1,6})\"?(?:$|[,;\\s])");

    private Preference() {}

    /** How long to wait for an answer: zero unless asked for, at most the bound. */
    static Duration wait(HttpRequest request, Duration longest) {
        Matcher wait = WAIT.matcher(
                request.getHeader("Prefer").map(header -> header.value()).orElse(""));
        Duration asked = wait.find() ? Duration.ofSeconds(Long.parseLong(wait.group(1))) : Duration.ZERO;
        return asked.compareTo(longest) > 0 ? longest : asked;
    }
}
