package lethe.broker.edge.resource;

import akka.event.LoggingAdapter;
import akka.http.ParsingErrorHandler;
import akka.http.javadsl.model.HttpResponse;
import akka.http.scaladsl.model.ErrorInfo;
import akka.http.scaladsl.model.StatusCode;
import akka.http.scaladsl.settings.ServerSettings;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;

/**
 * Answers what Akka HTTP cannot parse. Its own answers describe the server, its own log lines quote the request; this
 * does neither. Named by class in the settings of the server, so it is public.
 */
public final class UnreadableRequests extends ParsingErrorHandler {
    @Override
    public HttpResponse handle(StatusCode status, ErrorInfo info, LoggingAdapter log, ServerSettings settings) {
        return Refusals.answer(problem(status.intValue()));
    }

    private static Problem problem(int status) {
        return switch (status) {
            case 413 -> Problem.of(ProblemType.TOO_LARGE);
            case 414 -> Problem.of(ProblemType.MALFORMED, "the request target is too long");
            case 431 -> Problem.of(ProblemType.MALFORMED, "the headers are too long");
            default -> Problem.of(ProblemType.MALFORMED, "this is not HTTP/1.1 as the broker reads it");
        };
    }
}
