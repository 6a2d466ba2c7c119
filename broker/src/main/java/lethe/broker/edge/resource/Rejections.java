package lethe.broker.edge.resource;

import static akka.http.javadsl.server.Directives.complete;

import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.ExceptionHandler;
import akka.http.javadsl.server.MethodRejection;
import akka.http.javadsl.server.Rejection;
import akka.http.javadsl.server.RejectionHandler;
import java.util.stream.Collectors;
import lethe.core.protocol.ProblemType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What requests hear that no resource takes, or on which one fails: problems, as from everywhere else. */
public final class Rejections {
    private static final Logger LOG = LoggerFactory.getLogger(Rejections.class);

    private Rejections() {}

    public static RejectionHandler handler() {
        return RejectionHandler.newBuilder()
                .handleAll(
                        MethodRejection.class,
                        rejections -> complete(Refusals.answer(ProblemType.METHOD_NOT_ALLOWED)
                                .addHeader(RawHeader.create(
                                        "Allow",
                                        rejections.stream()
                                                .map(rejection ->
                                                        rejection.supported().value())
                                                .distinct()
                                                .sorted()
                                                .collect(Collectors.joining(", "))))))
                .handleAll(Rejection.class, rejections -> complete(Refusals.answer(ProblemType.MALFORMED)))
                .handleNotFound(complete(Refusals.answer(ProblemType.NOT_FOUND)))
                .build();
    }

    /** A failure is a defect: the operator sees where, the phone sees that it was not its fault. */
    public static ExceptionHandler defects() {
        return ExceptionHandler.newBuilder()
                .matchAny(failure -> {
                    LOG.error("A request failed", failure);
                    return complete(Refusals.answer(ProblemType.INTERNAL));
                })
                .build();
    }
}
