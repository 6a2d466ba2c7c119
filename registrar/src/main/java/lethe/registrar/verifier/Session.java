package lethe.registrar.verifier;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import lethe.client.sealing.SessionRequest;
import lethe.core.identity.Opaque;
import lethe.core.identity.SessionId;
import lethe.core.protocol.Alternative;
import lethe.core.protocol.VerifierBodies.Registration;
import lethe.core.protocol.VerifierBodies.TextToSend;
import org.jspecify.annotations.Nullable;

/** One proof under way. Not safe for use by many threads; it does not print. */
final class Session {
    final SessionId id;
    final SessionRequest request;
    final Opaque mark;
    final Instant ends;

    /** Drawn once, so that an SMS that comes late is as good as the one that overtook it. */
    final byte[] code;

    /** What proves the number as well, if it comes from there; null if texts are not taken. */
    final @Nullable TextToSend text;

    int tries;
    boolean sent;
    boolean proven;

    Session(
            SessionId id,
            SessionRequest request,
            Opaque mark,
            Instant ends,
            byte[] code,
            @Nullable TextToSend text,
            int tries) {
        this.id = id;
        this.request = request;
        this.mark = mark;
        this.ends = ends;
        this.code = code;
        this.text = text;
        this.tries = tries;
    }

    Registration shown(Duration untilCode, Instant now) {
        return new Registration(id, sent, tries, untilCode, Duration.between(now, ends), proven, text);
    }

    /** What whoever was refused can do instead: what is named, and to send the text if there is one. */
    Alternative[] alternatives(Alternative... named) {
        return Stream.concat(Stream.of(named), text == null ? Stream.empty() : Stream.of(Alternative.SEND_TEXT))
                .toArray(Alternative[]::new);
    }

    void wipe() {
        request.number().wipe();
        Arrays.fill(code, (byte) 0);
    }

    @Override
    public String toString() {
        return "Session[***]";
    }
}
