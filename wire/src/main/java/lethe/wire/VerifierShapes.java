package lethe.wire;

import static lethe.wire.Formats.BYTES_16;
import static lethe.wire.Formats.BYTES_32;
import static lethe.wire.Formats.CODE;
import static lethe.wire.Formats.DEVICE_KEY;
import static lethe.wire.Formats.FLAG;
import static lethe.wire.Formats.INT;
import static lethe.wire.Formats.MILLIS;
import static lethe.wire.Formats.SEALED;
import static lethe.wire.Formats.SECONDS;
import static lethe.wire.Formats.SESSION_ID;
import static lethe.wire.Formats.SIGNATURE;
import static lethe.wire.Formats.TAG;

import java.util.Map;
import lethe.core.ownership.Ownership;
import lethe.core.protocol.VerifierBodies.OpenSession;
import lethe.core.protocol.VerifierBodies.Registration;
import lethe.core.protocol.VerifierBodies.SubmitCode;
import lethe.core.protocol.VerifierBodies.VerifierKeys;

/** The bodies of a verifier's resources as they are on the wire. Keys are never given anew. */
final class VerifierShapes {
    static final Shape<Ownership> OWNERSHIP = ownership();

    static final Map<Class<?>, Shape<?>> ALL = Map.of(
            VerifierKeys.class, verifierKeys(),
            OpenSession.class, openSession(),
            Registration.class, registration(),
            SubmitCode.class, submitCode(),
            Ownership.class, OWNERSHIP);

    private VerifierShapes() {}

    private static Shape<VerifierKeys> verifierKeys() {
        var fields = Shape.fieldsOf(VerifierKeys.class);
        var sealing = fields.required(1, "sealing", BYTES_32, VerifierKeys::sealing);
        var signing = fields.required(2, "signing", DEVICE_KEY, VerifierKeys::signing);
        return fields.make(values -> new VerifierKeys(values.get(sealing), values.get(signing)));
    }

    private static Shape<OpenSession> openSession() {
        var fields = Shape.fieldsOf(OpenSession.class);
        var encapsulated = fields.required(1, "encapsulated", BYTES_32, OpenSession::encapsulated);
        var sealed = fields.required(2, "sealed", SEALED, OpenSession::sealed);
        return fields.make(values -> new OpenSession(values.get(encapsulated), values.get(sealed)));
    }

    private static Shape<Registration> registration() {
        var fields = Shape.fieldsOf(Registration.class);
        var id = fields.required(1, "id", SESSION_ID, Registration::id);
        var sent = fields.required(2, "sent", FLAG, Registration::sent);
        var tries = fields.required(3, "tries", INT, Registration::tries);
        var nextCode = fields.required(4, "next_code_ms", MILLIS, Registration::nextCode);
        var ends = fields.required(5, "ends_ms", MILLIS, Registration::ends);
        return fields.make(values -> new Registration(
                values.get(id), values.get(sent), values.get(tries), values.get(nextCode), values.get(ends)));
    }

    private static Shape<SubmitCode> submitCode() {
        var fields = Shape.fieldsOf(SubmitCode.class);
        var code = fields.required(1, "code", CODE, SubmitCode::code);
        return fields.make(values -> new SubmitCode(values.get(code)));
    }

    private static Shape<Ownership> ownership() {
        var fields = Shape.fieldsOf(Ownership.class);
        var tag = fields.required(1, "tag", TAG, Ownership::tag);
        var account = fields.required(2, "account", DEVICE_KEY, Ownership::account);
        var expires = fields.required(3, "expires", SECONDS, Ownership::expires);
        var nonce = fields.required(4, "nonce", BYTES_16, Ownership::nonce);
        var signature = fields.required(5, "signature", SIGNATURE, Ownership::signature);
        return fields.make(values -> new Ownership(
                values.get(tag), values.get(account), values.get(expires), values.get(nonce), values.get(signature)));
    }
}
