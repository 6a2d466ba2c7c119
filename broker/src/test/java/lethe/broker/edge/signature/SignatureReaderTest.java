package lethe.broker.edge.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lethe.core.identity.DeviceId;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.core.protocol.ProblemType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureReaderTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
    private static final Opaque BODY = Opaque.wrap("{\"ids\":[]}".getBytes(StandardCharsets.UTF_8));
    private static final Tag TAG = new Tag(Opaque.wrap(new byte[Tag.LENGTH]));
    private static final DeviceId DEVICE = new DeviceId(Opaque.wrap(new byte[DeviceId.LENGTH]));

    private final SignatureReader reader = new SignatureReader(Clock.fixed(NOW, ZoneOffset.UTC));
    private final Map<String, List<String>> fields = new LinkedHashMap<>();
    private KeyPair keys;

    @BeforeEach
    void signedRequest() throws Exception {
        keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        fields.put("lethe-tag", List.of(TAG.toText()));
        fields.put("lethe-to", List.of(TAG.toText()));
        fields.put("content-digest", List.of(digest(BODY)));
        sign(NOW, "\"@method\" \"@path\" \"lethe-tag\" \"lethe-to\" \"content-digest\"");
    }

    @Test
    void readsWhatTheDeviceSigned() {
        SignedRequest request = signed();
        assertThat(request.tag()).isEqualTo(TAG);
        assertThat(request.to()).contains(TAG);
        assertThat(request.device()).isEqualTo(DEVICE);
        assertThat(request.created()).isEqualTo(NOW);
        assertThat(DeviceKey.of(keys.getPublic()).signed(request.base().toBytes(), request.signature()))
                .isTrue();
    }

    @Test
    void anotherPathIsAnotherBase() {
        SignatureReading moved = reader.read(new PlainRequest("POST", "/elsewhere", this::field, BODY));
        assertThat(moved)
                .isInstanceOfSatisfying(
                        SignatureReading.Signed.class,
                        signed -> assertThat(DeviceKey.of(keys.getPublic())
                                        .signed(
                                                signed.request().base().toBytes(),
                                                signed.request().signature()))
                                .isFalse());
    }

    @ParameterizedTest
    @ValueSource(ints = {-61, 61, 100_000})
    void refusesWhatIsNotFresh(int seconds) throws Exception {
        sign(NOW.plusSeconds(seconds), "\"@method\" \"@path\" \"lethe-tag\" \"lethe-to\" \"content-digest\"");
        assertThat(refusal()).isEqualTo(ProblemType.REPLAYED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"@method\" \"@path\" \"lethe-tag\" \"lethe-to\"",
                "\"@method\" \"@path\" \"lethe-tag\" \"content-digest\"",
                "\"@method\" \"lethe-tag\" \"lethe-to\" \"content-digest\"",
                "\"@method\" \"@path\" \"lethe-tag\" \"lethe-to\" \"content-digest\" \"date\"",
                "\"@method\" \"@method\" \"@path\" \"lethe-tag\" \"lethe-to\" \"content-digest\"",
                ""
            })
    void refusesToCoverMoreOrLessThanTheProfile(String covered) throws Exception {
        sign(NOW, covered);
        assertThat(refusal()).isEqualTo(ProblemType.NOT_AUTHENTIC);
    }

    @Test
    void refusesABodyThatIsNotTheSignedOne() {
        SignatureReading reading = reader.read(new PlainRequest("POST", "/p", this::field, Opaque.wrap(new byte[3])));
        assertThat(reading).isInstanceOf(SignatureReading.Refused.class);
    }

    @Test
    void refusesABodyWithoutDigest() {
        fields.remove("content-digest");
        assertThat(refusal()).isEqualTo(ProblemType.NOT_AUTHENTIC);
    }

    @Test
    void refusesTwoAddresses() {
        fields.put("lethe-to", List.of(TAG.toText(), TAG.toText()));
        assertThat(refusal()).isEqualTo(ProblemType.NOT_AUTHENTIC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "sig=",
                "sig=(",
                "sig=()",
                "sig=(\"a\");created",
                "sig=(\"a\"), sig2=(\"b\")",
                "sig=(\"\\\"\")",
                "sig=(\"a\";req)",
                "sig=(\"a\");created=99999999999999999999"
            })
    void refusesMalformedInput(String input) {
        fields.put("signature-input", List.of(input));
        assertThat(refusal()).isEqualTo(ProblemType.NOT_AUTHENTIC);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sig=", "other=:AAAA:", "sig=:AAAA:", "sig=:****:", "sig=AAAA"})
    void refusesMalformedSignatures(String signature) {
        fields.put("signature", List.of(signature));
        assertThat(refusal()).isEqualTo(ProblemType.NOT_AUTHENTIC);
    }

    private SignedRequest signed() {
        SignatureReading reading = reader.read(new PlainRequest("POST", "/v1/inbox/acks", this::field, BODY));
        assertThat(reading).isInstanceOf(SignatureReading.Signed.class);
        return ((SignatureReading.Signed) reading).request();
    }

    private ProblemType refusal() {
        SignatureReading reading = reader.read(new PlainRequest("POST", "/v1/inbox/acks", this::field, BODY));
        assertThat(reading).isInstanceOf(SignatureReading.Refused.class);
        return ((SignatureReading.Refused) reading).problem().type();
    }

    private List<String> field(String name) {
        return fields.getOrDefault(name, List.of());
    }

    /** Signs as a device does, independent of the code under test. */
    private void sign(Instant created, String covered) throws Exception {
        String parameters = "(" + covered + ");created=" + created.getEpochSecond()
                + ";nonce=\"0123456789abcdef\";keyid=\"" + DEVICE.toText() + "\";alg=\"ed25519\";tag=\"lethe/1\"";
        String base = java.util.Arrays.stream(covered.split(" "))
                .map(name -> name.replace("\"", ""))
                .map(name -> "\"" + name + "\": " + value(name) + "\n")
                .collect(Collectors.joining());
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(keys.getPrivate());
        signer.update((base + "\"@signature-params\": " + parameters).getBytes(StandardCharsets.US_ASCII));
        fields.put("signature-input", List.of("sig=" + parameters));
        fields.put("signature", List.of("sig=:" + Base64.getEncoder().encodeToString(signer.sign()) + ":"));
    }

    private String value(String name) {
        return switch (name) {
            case "@method" -> "POST";
            case "@path" -> "/v1/inbox/acks";
            default -> String.join(", ", field(name));
        };
    }

    private static String digest(Opaque body) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(body.toBytes());
        return "sha-256=:" + Base64.getEncoder().encodeToString(hash) + ":";
    }
}
