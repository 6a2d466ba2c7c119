package lethe.device.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import lethe.core.identity.DeviceId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.device.Given;
import lethe.device.store.Identity;
import org.junit.jupiter.api.Test;

class RequestSignerTest {
    private final Identity identity = Identity.draw(new Random(7));
    private final RequestSigner signer =
            new RequestSigner(identity, Clock.fixed(Given.NOW, ZoneOffset.UTC), new Random(8));

    /** RFC 9421, appendix B.2.6, with the key of B.1.4. */
    @Test
    void signsAsTheTestVectorOfTheRfc() {
        Identity vector = Identity.of(
                new DeviceId(Given.bytes(new Random(1), DeviceId.LENGTH)),
                Given.tag(1),
                base64("MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF"),
                base64("MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs="));
        Map<String, String> components = new LinkedHashMap<>();
        components.put("date", "Tue, 20 Apr 2021 02:07:55 GMT");
        components.put("@method", "POST");
        components.put("@path", "/foo");
        components.put("@authority", "example.com");
        components.put("content-type", "application/json");
        components.put("content-length", "18");
        String parameters = ";created=1618884473;keyid=\"test-key-ed25519\"";

        byte[] base = SignatureBase.bytes(components, parameters);

        assertThat(new String(base, StandardCharsets.US_ASCII)).isEqualTo("""
                        "date": Tue, 20 Apr 2021 02:07:55 GMT
                        "@method": POST
                        "@path": /foo
                        "@authority": example.com
                        "content-type": application/json
                        "content-length": 18
                        "@signature-params": ("date" "@method" "@path" "@authority" "content-type" "content-length")\
                        ;created=1618884473;keyid="test-key-ed25519\"""");
        assertThat(Base64.getEncoder().encodeToString(vector.sign(base).shared()))
                .isEqualTo("wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==");
    }

    @Test
    void coversMethodPathAndOwnAddress() {
        Map<String, String> headers = signer.headers("GET", "/v1/inbox", null, Opaque.empty());

        assertThat(headers).containsOnlyKeys("Lethe-Tag", "Signature-Input", "Signature");
        assertThat(headers.get("Signature-Input"))
                .startsWith("lethe=(\"@method\" \"@path\" \"lethe-tag\");created=" + Given.NOW.getEpochSecond()
                        + ";nonce=\"")
                .endsWith("\";keyid=\"" + identity.device().toText() + "\";alg=\"ed25519\";tag=\"lethe/1\"");
        assertHolds(headers, "\"@method\": GET\n\"@path\": /v1/inbox\n\"lethe-tag\": " + headers.get("Lethe-Tag"));
    }

    @Test
    void coversRecipientAndBodyWhereThereAre() {
        Tag to = Given.tag(2);
        Opaque body = Given.body("{\"hello\": \"world\"}");

        Map<String, String> headers = signer.headers("PUT", "/v1/outbox/x", to, body);

        assertThat(headers.get("Content-Digest")).isEqualTo("sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:");
        assertHolds(
                headers,
                "\"@method\": PUT\n\"@path\": /v1/outbox/x\n\"lethe-tag\": " + headers.get("Lethe-Tag")
                        + "\n\"lethe-to\": " + to.toText() + "\n\"content-digest\": " + headers.get("Content-Digest"));
    }

    @Test
    void neverSignsTwiceWithOneNonce() {
        assertThat(signer.headers("GET", "/", null, Opaque.empty()).get("Signature-Input"))
                .isNotEqualTo(signer.headers("GET", "/", null, Opaque.empty()).get("Signature-Input"));
    }

    private void assertHolds(Map<String, String> headers, String lines) {
        String input = headers.getOrDefault("Signature-Input", "").substring("lethe=".length());
        byte[] base = (lines + "\n\"@signature-params\": " + input).getBytes(StandardCharsets.US_ASCII);
        String signature = headers.getOrDefault("Signature", "").replaceFirst("^lethe=:(.*):$", "$1");
        assertThat(identity.key().signed(base, base64(signature))).isTrue();
    }

    private static Opaque base64(String text) {
        return Opaque.wrap(Base64.getDecoder().decode(text));
    }
}
