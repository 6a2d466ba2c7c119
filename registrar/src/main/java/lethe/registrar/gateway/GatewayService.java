package lethe.registrar.gateway;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lethe.core.identity.MessageId;
import lethe.core.protocol.Bodies.Ids;
import lethe.core.protocol.GatewayBodies.SendSms;
import lethe.core.protocol.GatewayBodies.SmsReports;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.registrar.http.Request;
import lethe.registrar.http.Response;
import lethe.registrar.http.Service;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Payloads;

/** A gateway's resources, as gateway.yaml has them. */
final class GatewayService implements Service {
    private static final Pattern SMS = Pattern.compile("/v1/sms/([A-Za-z0-9_-]{22})");
    private static final Pattern REPORTS = Pattern.compile("/v1/reports(\\?[a-z0-9.=&]*)?");
    private static final Pattern ACKS = Pattern.compile("/v1/reports/acks(?:\\?through=([a-z0-9.]*))?");
    private static final Pattern PARAMETER = Pattern.compile("(after|wait)=([a-z0-9.]*)");
    private static final int MOST_WAIT = 30;
    private static final Duration SOON = Duration.ofSeconds(2);

    private final Gateway gateway;

    GatewayService(Gateway gateway) {
        this.gateway = gateway;
    }

    @Override
    public Response answer(Request request) {
        try {
            return find(request);
        } catch (IOException journal) {
            // Its journal cannot be written: nothing is taken, and nothing is told that might be told otherwise later.
            return Response.refused(Problem.of(ProblemType.OVERLOADED).withRetryAfter(SOON));
        }
    }

    private Response find(Request request) throws IOException {
        String method = request.method();
        if (request.target().equals("/v1/key")) {
            return method.equals("GET") ? Response.good(request.answerEncoding(), gateway.keys()) : notAllowed("GET");
        }
        Matcher acks = ACKS.matcher(request.target());
        if (acks.matches()) {
            return method.equals("POST")
                    ? acknowledge(request, Optional.ofNullable(acks.group(1)))
                    : notAllowed("POST");
        }
        if (REPORTS.matcher(request.target()).matches()) {
            return method.equals("GET") ? reports(request) : notAllowed("GET");
        }
        Matcher sms = SMS.matcher(request.target());
        Optional<MessageId> id = sms.matches() ? id(sms.group(1)) : Optional.empty();
        if (id.isEmpty()) {
            return Response.refused(Problem.of(ProblemType.NOT_FOUND));
        }
        return method.equals("PUT") ? send(request, id.get()) : notAllowed("PUT");
    }

    private Response send(Request request, MessageId id) throws IOException {
        Decoded<SendSms> body = read(request, SendSms.class);
        if (body instanceof Decoded.Bad<SendSms> bad) {
            return Response.refused(bad.problem());
        }
        Gateway.Taking taking = gateway.send(id, ((Decoded.Good<SendSms>) body).value());
        return taking instanceof Gateway.Taking.Taken taken
                ? Response.accepted(request.answerEncoding(), taken.answer())
                : Response.refused(((Gateway.Taking.Refused) taking).problem());
    }

    private Response acknowledge(Request request, Optional<String> through) throws IOException {
        Decoded<Ids> body = read(request, Ids.class);
        if (body instanceof Decoded.Bad<Ids> bad) {
            return Response.refused(bad.problem());
        }
        Ids ids = ((Decoded.Good<Ids>) body).value();
        gateway.acknowledge(ids.ids(), through);
        return Response.good(request.answerEncoding(), ids);
    }

    private Response reports(Request request) throws IOException {
        String after = "";
        int wait = 0;
        int query = request.target().indexOf('?');
        String parameters = query < 0 ? "" : request.target().substring(query + 1);
        for (String parameter : parameters.isEmpty() ? new String[0] : parameters.split("&", -1)) {
            Matcher known = PARAMETER.matcher(parameter);
            if (!known.matches()) {
                return Response.refused(Problem.of(ProblemType.MALFORMED, "after and wait are known"));
            }
            if (known.group(1).equals("after")) {
                after = known.group(2);
            } else if (known.group(2).matches("[0-9]{1,2}") && Integer.parseInt(known.group(2)) <= MOST_WAIT) {
                wait = Integer.parseInt(known.group(2));
            } else {
                return Response.refused(Problem.of(ProblemType.MALFORMED, "wait is 0 to " + MOST_WAIT));
            }
        }
        Optional<SmsReports> reports = gateway.reports(after, Duration.ofSeconds(wait));
        return reports.isPresent()
                ? Response.good(request.answerEncoding(), reports.get())
                : Response.refused(Problem.of(ProblemType.OVERLOADED).withRetryAfter(SOON));
    }

    private static <B extends Record> Decoded<B> read(Request request, Class<B> type) {
        Optional<Encoding> encoding = request.encoding();
        return encoding.isEmpty()
                ? new Decoded.Bad<>(Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE))
                : Payloads.decode(encoding.get(), type, request.body().shared());
    }

    private static Response notAllowed(String methods) {
        return Response.refused(Problem.of(ProblemType.METHOD_NOT_ALLOWED)).with("Allow", methods);
    }

    private static Optional<MessageId> id(String text) {
        try {
            return Optional.of(MessageId.fromText(text));
        } catch (IllegalArgumentException notCanonical) {
            return Optional.empty();
        }
    }
}
