package lethe.registrar.verifier;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import lethe.client.sealing.SessionRequest;
import lethe.core.identity.Opaque;
import lethe.core.identity.SessionId;
import lethe.core.protocol.VerifierBodies.Registration;

/** One proof under way. Not safe for use by many threads; it does not print. */
final class Session {
    final SessionId id;
    final SessionRequest request;
    final Opaque mark;
    final Instant ends;

    /** Drawn once, so that an SMS that comes late is as good as the one that overtook it. */
    final byte[] code;

    int tries;
    boolean sent;

    Session(SessionId id, SessionRequest request, Opaque mark, Instant ends, byte[] code, int tries) {
        this.id = id;
        this.request = request;
        this.mark = mark;
        this.ends = ends;
        this.code = code;
        this.tries = tries;
    }

    Registration shown(Duration untilCode, Instant now) {
        return new Registration(id, sent, tries, untilCode, Duration.between(now, ends));
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
