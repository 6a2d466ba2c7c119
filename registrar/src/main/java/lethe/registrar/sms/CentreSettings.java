package lethe.registrar.sms;

import javax.net.ssl.SSLContext;
import lethe.registrar.text.Alphabet;
import lethe.registrar.text.Joining;
import org.jspecify.annotations.Nullable;

/**
 * A centre, and how a gateway talks to it.
 *
 * @param tls null: none, the centre is at the other end of a tunnel
 * @param binds sessions at once
 * @param window SMS that a session may have without an answer
 * @param alphabet the centre's default one
 * @param joining how parts are told to belong together
 * @param ids how ids in reports differ from those in answers
 */
public record CentreSettings(
        SmppSettings smpp,
        @Nullable SSLContext tls,
        int binds,
        int window,
        Alphabet alphabet,
        Joining joining,
        IdProfile ids) {
    @Override
    public String toString() {
        return "CentreSettings[***]";
    }
}
