package lethe.broker.edge.signature;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import org.junit.jupiter.api.Test;

class SignatureBaseTest {
    /** RFC 9421, appendix B.1.4: test-key-ed25519, without its X.509 prefix. */
    private static final DeviceKey KEY =
            new DeviceKey(Opaque.wrap(Base64.getDecoder().decode("JrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=")));

    /** RFC 9421, appendix B.2.6. */
    @Test
    void verifiesTheEd25519VectorOfTheRfc() throws Exception {
        SignatureInput input = SignatureInput.parse(
                "sig-b26=(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \"content-length\")"
                        + ";created=1618884473;keyid=\"test-key-ed25519\"");
        Map<String, String> values = Map.of(
                "date", "Tue, 20 Apr 2021 02:07:55 GMT",
                "@method", "POST",
                "@path", "/foo",
                "@authority", "example.com",
                "content-type", "application/json",
                "content-length", "18");
        Opaque signature = Opaque.wrap(Base64.getDecoder()
                .decode("wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw=="));
        assertThat(SignatureBase.of(input, values))
                .hasValueSatisfying(base ->
                        assertThat(KEY.signed(base.toBytes(), signature)).isTrue());
    }

    @Test
    void isNotBuiltWithoutACoveredComponent() throws Exception {
        SignatureInput input = SignatureInput.parse("s=(\"@method\" \"absent\");created=1");
        assertThat(SignatureBase.of(input, Map.of("@method", "GET"))).isEmpty();
    }

    /** RFC 9530, appendix D: the digest of {@code {"hello": "world"}} and a line feed. */
    @Test
    void knowsTheDigestOfTheRfc() {
        String field = "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:";
        assertThat(ContentDigest.matches(
                        field, Opaque.wrap("{\"hello\": \"world\"}\n".getBytes(StandardCharsets.UTF_8))))
                .isTrue();
        assertThat(ContentDigest.matches(field, Opaque.wrap("{\"hello\": \"world\"}".getBytes(StandardCharsets.UTF_8))))
                .isFalse();
        assertThat(ContentDigest.matches("md5=:RK/0:", Opaque.empty())).isFalse();
        assertThat(ContentDigest.matches("sha-256=:not base64:", Opaque.empty()))
                .isFalse();
    }
}
