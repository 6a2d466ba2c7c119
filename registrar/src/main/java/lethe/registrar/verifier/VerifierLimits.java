package lethe.registrar.verifier;

import java.util.List;
import java.util.stream.Stream;
import lethe.registrar.http.Limits;
import lethe.registrar.process.NamedLimit;
import lethe.registrar.process.NamedLimits;
import lethe.registrar.process.PortLimits;

/** The bounds of a verifier that its operator may change. */
final class VerifierLimits {
    private static final NamedLimit SESSIONS =
            new NamedLimit("sessions", 10_000, 1, 1_000_000, "sessions", "open at once");
    private static final NamedLimit NUMBERS =
            new NamedLimit("numbers", 100_000, 1, 10_000_000, "numbers", "remembered at once, each as an HMAC");
    private static final NamedLimit LIFE =
            new NamedLimit("session-seconds", 600, 60, 3600, "s", "until a session and its code are forgotten");
    private static final NamedLimit TRIES = new NamedLimit("tries", 5, 1, 10, "codes", "submitted in a session");
    private static final NamedLimit BETWEEN =
            new NamedLimit("between-codes-seconds", 60, 10, 3600, "s", "between two SMS to a number");
    private static final NamedLimit OF_A_NUMBER =
            new NamedLimit("sessions-of-a-number", 3, 1, 100, "sessions", "of one number within `memory-seconds`");
    private static final NamedLimit MEMORY =
            new NamedLimit("memory-seconds", 3600, 600, 86_400, "s", "for which a session of a number counts");
    private static final NamedLimit A_MINUTE =
            new NamedLimit("codes-a-minute", 120, 1, 100_000, "SMS", "to all numbers together: what a flood can cost");
    private static final NamedLimit TEXTS_A_MINUTE =
            new NamedLimit("texts-a-minute", 600, 1, 100_000, "texts", "to the short code, from all numbers together");
    private static final NamedLimit STATEMENT =
            new NamedLimit("statement-seconds", 600, 60, 3600, "s", "until a statement is void");
    private static final NamedLimit PERMIT =
            new NamedLimit("permit-days", 90, 1, 366, "days", "until a permit is void, less a part of a day");

    static final List<NamedLimit> ALL = Stream.concat(
                    Stream.of(
                            SESSIONS,
                            NUMBERS,
                            LIFE,
                            TRIES,
                            BETWEEN,
                            OF_A_NUMBER,
                            MEMORY,
                            A_MINUTE,
                            TEXTS_A_MINUTE,
                            STATEMENT,
                            PERMIT),
                    PortLimits.ALL.stream())
            .toList();

    private final NamedLimits wanted;

    VerifierLimits(NamedLimits wanted) {
        this.wanted = wanted;
    }

    Bounds bounds() {
        return new Bounds(
                wanted.count(SESSIONS),
                wanted.count(NUMBERS),
                wanted.seconds(LIFE),
                wanted.count(TRIES),
                wanted.seconds(BETWEEN),
                wanted.count(OF_A_NUMBER),
                wanted.seconds(MEMORY),
                wanted.count(A_MINUTE),
                wanted.count(TEXTS_A_MINUTE),
                wanted.seconds(STATEMENT),
                wanted.days(PERMIT));
    }

    Limits port() {
        return PortLimits.of(Limits.whoWaitForOthers(), wanted);
    }
}
