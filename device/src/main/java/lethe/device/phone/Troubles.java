package lethe.device.phone;

import java.time.Duration;
import lethe.client.http.Answer;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;

/** What an owner is told of an answer that is not the one that was wanted. */
final class Troubles {
    private Troubles() {}

    static String text(Answer<?> bad) {
        return bad instanceof Answer.Refused<?> refused ? text(refused.problem()) : ((Answer.Unreachable<?>) bad).why();
    }

    private static String text(Problem problem) {
        Duration wait = problem.retryAfter();
        String when = wait == null ? "" : " Try again in " + DurationText.roughly(wait) + ".";
        if (problem.type() == ProblemType.PIN_WRONG) {
            return "That is not the registration PIN. Tries left: " + problem.limit() + "." + when;
        }
        if (problem.type() == ProblemType.ACCOUNT_WAITS) {
            return problem.type().title() + when + " With the registration PIN at once: /optin pin";
        }
        String detail = problem.detail();
        boolean says = problem.type() == ProblemType.MALFORMED || problem.type() == ProblemType.NOT_AUTHENTIC;
        return says && detail != null ? detail : problem.type().title() + when;
    }
}
