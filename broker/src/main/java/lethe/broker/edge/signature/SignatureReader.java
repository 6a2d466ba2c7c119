package lethe.broker.edge.signature;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lethe.broker.edge.signature.FieldCursor.Malformed;
import lethe.broker.edge.signature.SignatureReading.Refused;
import lethe.broker.edge.signature.SignatureReading.Signed;
import lethe.core.identity.DeviceId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;

/**
 * Reads signed requests in Lethe's profile of RFC 9421: covers {@code "@method" "@path" "lethe-tag"}, then
 * {@code "lethe-to"} and {@code "content-digest"} exactly if the request has a recipient and a body; parameters
 * {@code created nonce keyid alg="ed25519" tag="lethe/1"}.
 */
public final class SignatureReader {
    /** How far the device's clock may be off, either way. */
    public static final Duration FRESH = Duration.ofSeconds(60);

    private static final Set<String> PARAMETERS = Set.of("created", "nonce", "keyid", "alg", "tag");
    private static final String TAG_FIELD = "lethe-tag";
    private static final String RECIPIENT_FIELD = "lethe-to";
    private static final String DIGEST_FIELD = "content-digest";
    private static final int SIGNATURE_LENGTH = 64;

    private final Clock clock;

    public SignatureReader(Clock clock) {
        this.clock = clock;
    }

    public SignatureReading read(PlainRequest request) {
        try {
            return signed(request);
        } catch (Malformed e) {
            return new Refused(Problem.of(ProblemType.NOT_AUTHENTIC, String.valueOf(e.getMessage())));
        }
    }

    private SignatureReading signed(PlainRequest request) throws Malformed {
        SignatureInput input = SignatureInput.parse(only(request, "signature-input"));
        Map<String, String> values = values(request);
        requireProfile(input, values);
        Instant created = Instant.ofEpochSecond(
                input.number("created").orElseThrow(() -> new Malformed("'created' is a number of seconds")));
        if (Duration.between(created, clock.instant()).abs().compareTo(FRESH) > 0) {
            return new Refused(Problem.of(ProblemType.REPLAYED, "'created' is not within 60 seconds of now"));
        }
        String digest = values.get(DIGEST_FIELD);
        if (digest != null && !ContentDigest.matches(digest, request.body())) {
            throw new Malformed("content-digest is not the SHA-256 of the body");
        }
        String recipient = values.get(RECIPIENT_FIELD);
        return new Signed(new SignedRequest(
                tag(values.getOrDefault(TAG_FIELD, "")),
                recipient == null ? null : tag(recipient),
                device(input.text("keyid").orElse("")),
                created,
                nonce(input),
                SignatureBase.of(input, values).orElseThrow(() -> new Malformed("a covered component is missing")),
                signature(only(request, "signature"), input.label())));
    }

    private static Map<String, String> values(PlainRequest request) throws Malformed {
        Map<String, String> values = new HashMap<>();
        values.put("@method", request.method());
        values.put("@path", request.path());
        values.put(TAG_FIELD, only(request, TAG_FIELD));
        if (!request.fields().apply(RECIPIENT_FIELD).isEmpty()) {
            values.put(RECIPIENT_FIELD, only(request, RECIPIENT_FIELD));
        }
        if (request.body().length() > 0) {
            values.put(DIGEST_FIELD, only(request, DIGEST_FIELD));
        }
        return values;
    }

    /** What is there is covered, and nothing else: so no header can be changed, added or taken away. */
    private static void requireProfile(SignatureInput input, Map<String, String> values) throws Malformed {
        if (!values.keySet().equals(Set.copyOf(input.components()))) {
            throw new Malformed("the signature covers other components than the profile asks for");
        }
        if (!input.parameters().keySet().equals(PARAMETERS)
                || !input.text("alg").orElse("").equals("ed25519")
                || !input.text("tag").orElse("").equals("lethe/1")) {
            throw new Malformed("the signature has other parameters than the profile asks for");
        }
    }

    private static String only(PlainRequest request, String field) throws Malformed {
        List<String> all = request.fields().apply(field);
        if (all.size() != 1) {
            throw new Malformed("the request needs exactly one header " + field);
        }
        return all.get(0).strip();
    }

    private static Opaque nonce(SignatureInput input) throws Malformed {
        String nonce = input.text("nonce").orElse("");
        if (nonce.length() < 16 || nonce.length() > 64) {
            throw new Malformed("'nonce' has 16 to 64 characters");
        }
        return Opaque.wrap(nonce.getBytes(StandardCharsets.US_ASCII));
    }

    private static Opaque signature(String field, String label) throws Malformed {
        FieldCursor cursor = new FieldCursor(field);
        if (!cursor.key().equals(label)) {
            throw new Malformed("signature and signature-input have different labels");
        }
        cursor.take('=');
        try {
            byte[] bytes = Base64.getDecoder().decode(cursor.byteSequence());
            if (bytes.length == SIGNATURE_LENGTH && cursor.atEnd()) {
                return Opaque.wrap(bytes);
            }
        } catch (IllegalArgumentException e) {
            throw new Malformed("the signature is not base64");
        }
        throw new Malformed("the request has one signature of 64 bytes");
    }

    private static Tag tag(String text) throws Malformed {
        try {
            return Tag.fromText(text);
        } catch (IllegalArgumentException e) {
            throw new Malformed("an address is the base64url text of 32 bytes");
        }
    }

    private static DeviceId device(String text) throws Malformed {
        try {
            return DeviceId.fromText(text);
        } catch (IllegalArgumentException e) {
            throw new Malformed("'keyid' is the base64url text of a device id");
        }
    }
}
