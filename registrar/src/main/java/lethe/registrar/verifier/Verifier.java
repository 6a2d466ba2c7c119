package lethe.registrar.verifier;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import lethe.client.sealing.SessionRequest;
import lethe.client.tagging.TagAnswer;
import lethe.client.tagging.TagClient;
import lethe.core.identity.Opaque;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.SessionId;
import lethe.core.identity.Tag;
import lethe.core.protocol.Alternative;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.protocol.VerifierBodies.OpenSession;
import lethe.core.protocol.VerifierBodies.Proven;
import lethe.core.protocol.VerifierBodies.Registration;
import lethe.core.protocol.VerifierBodies.VerifierKeys;
import lethe.registrar.sms.ShortText;
import lethe.registrar.sms.SmsSender;
import lethe.registrar.sms.SmsSender.Sending;

/** Opens, sends, asks taggers and signs, as {@link Sessions} decides. Safe for use by many threads. */
final class Verifier {
    private static final Duration TAGGERS = Duration.ofSeconds(35);
    private static final Duration SOON = Duration.ofSeconds(5);

    private final VerifierKeyring keys;
    private final Sessions sessions;
    private final Bounds bounds;
    private final SmsSender sms;
    private final TagClient tags;
    private final Clock clock;

    Verifier(VerifierKeyring keys, Sessions sessions, Bounds bounds, SmsSender sms, TagClient tags, Clock clock) {
        this.keys = keys;
        this.sessions = sessions;
        this.bounds = bounds;
        this.sms = sms;
        this.tags = tags;
        this.clock = clock;
    }

    VerifierKeys keys() {
        return new VerifierKeys(
                keys.opening().sealingKey().bytes(), keys.signing().publicKey());
    }

    Decision<Registration> open(OpenSession sealed) {
        Optional<SessionRequest> request = keys.opening().open(sealed);
        return request.isPresent()
                ? sessions.open(request.get(), clock.instant())
                : new Decision.Refused<>(Problem.of(ProblemType.NOT_SEALED));
    }

    Decision<Registration> state(SessionId id) {
        return sessions.state(id, clock.instant());
    }

    Decision<Registration> requestCode(SessionId id) {
        Decision<Sessions.Outgoing> decided = sessions.requestCode(id, clock.instant());
        if (decided instanceof Decision.Refused<Sessions.Outgoing> refused) {
            return new Decision.Refused<>(refused.problem());
        }
        Sessions.Outgoing outgoing = ((Decision.Granted<Sessions.Outgoing>) decided).value();
        Sending sending = send(outgoing);
        if (sending == Sending.TAKEN || sending == Sending.UNKNOWN) {
            // It may arrive: then the code counts, and is not sent once more at once.
            return state(id);
        }
        return sessions.notSent(id, outgoing, clock.instant());
    }

    private Sending send(Sessions.Outgoing outgoing) {
        PlainIdentifier number = outgoing.number();
        try {
            return sms.send(number, text(outgoing.code()));
        } finally {
            number.wipe();
        }
    }

    private static ShortText text(String code) {
        return ShortText.of(code + " is your Lethe code. Nobody of us will ask you for it.")
                .orElseThrow();
    }

    Decision<Proven> submit(SessionId id, String code) {
        return proven(id, sessions.submit(id, code, clock.instant()), Alternative.SUBMIT_CODE);
    }

    Decision<Proven> claim(SessionId id) {
        return proven(id, sessions.claim(id, clock.instant()));
    }

    private Decision<Proven> proven(SessionId id, Decision<SessionRequest> decided, Alternative... againWith) {
        if (decided instanceof Decision.Refused<SessionRequest> refused) {
            return new Decision.Refused<>(refused.problem());
        }
        SessionRequest proven = ((Decision.Granted<SessionRequest>) decided).value();
        Opaque pseudonym = keys.pseudonyms().pseudonym(proven.number());
        Optional<Tag> tag = tag(proven.number());
        if (tag.isEmpty()) {
            return new Decision.Refused<>(Problem.of(ProblemType.TAGGER_UNAVAILABLE)
                    .withRetryAfter(SOON)
                    .withAlternatives(againWith));
        }
        Instant now = clock.instant();
        Instant expires = now.plus(bounds.statement()).truncatedTo(ChronoUnit.SECONDS);
        // To the day: taggers need not be told the minute of a registration.
        Instant permitted = now.plus(bounds.permit()).truncatedTo(ChronoUnit.DAYS);
        Proven given = new Proven(
                keys.signing().sign(tag.get(), proven.account(), expires, proven.nonce()),
                keys.signing().permit(pseudonym, proven.permitKey(), permitted));
        sessions.end(id);
        return new Decision.Granted<>(given);
    }

    private Optional<Tag> tag(PlainIdentifier number) {
        try {
            TagAnswer answer =
                    tags.tags(List.of(number)).toCompletableFuture().get(TAGGERS.toSeconds(), TimeUnit.SECONDS);
            return answer instanceof TagAnswer.Tags good
                    ? Optional.of(good.tags().get(0))
                    : Optional.empty();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException noAnswer) {
            return Optional.empty();
        } finally {
            number.wipe();
        }
    }
}
