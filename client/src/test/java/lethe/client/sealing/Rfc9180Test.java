package lethe.client.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import lethe.core.identity.Opaque;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContext;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import org.junit.jupiter.api.Test;

/** The suite that is used, against the RFC's vectors for it. */
class Rfc9180Test {
    private static final HexFormat HEX = HexFormat.of();

    private final List<Map<String, String>> paragraphs = read();
    private final Map<String, String> setup = paragraphs.get(0);
    private final HPKE suite = Hpke.suite();

    @Test
    void derivesTheKeys() {
        for (String side : List.of("E", "R")) {
            AsymmetricCipherKeyPair pair = suite.deriveKeyPair(of(setup, "ikm" + side));

            assertThat(suite.serializePublicKey(pair.getPublic())).isEqualTo(of(setup, "pk" + side + "m"));
            assertThat(suite.serializePrivateKey(pair.getPrivate())).isEqualTo(clamped(of(setup, "sk" + side + "m")));
        }
    }

    @Test
    void encapsulatesAsTheRfcDoes() {
        assertThat(sender().getEncapsulation()).isEqualTo(of(setup, "enc"));
    }

    @Test
    void sealsAndOpensEveryMessage() throws Exception {
        HPKEContext from = sender();
        HPKEContext to = recipient();
        for (Map<String, String> vector : with("ct")) {
            assertThat(from.seal(of(vector, "aad"), of(vector, "pt"))).isEqualTo(of(vector, "ct"));
            assertThat(to.open(of(vector, "aad"), of(vector, "ct"))).isEqualTo(of(vector, "pt"));
        }
        assertThat(with("ct")).hasSize(3);
    }

    @Test
    void exportsEverySecret() {
        HPKEContext to = recipient();
        assertThat(with("exported_value"))
                .hasSize(3)
                .allSatisfy(vector -> assertThat(
                                to.export(of(vector, "exporter_context"), Integer.parseInt(vector.get("L"))))
                        .isEqualTo(of(vector, "exported_value")));
    }

    /** What is ours around Bouncy Castle's: no additional data, one message. */
    @Test
    void opensWhatItSeals() {
        AsymmetricCipherKeyPair ephemeral = suite.deriveKeyPair(of(setup, "ikmE"));
        byte[] info = of(setup, "info");

        Hpke.Sealed sealed = Hpke.seal(Opaque.wrap(of(setup, "pkRm")), info, new byte[] {1, 2, 3}, ephemeral);

        assertThat(sealed.encapsulated().shared()).isEqualTo(of(setup, "enc"));
        assertThat(Hpke.open(suite.deriveKeyPair(of(setup, "ikmR")), info, sealed))
                .hasValueSatisfying(opened -> assertThat(opened).containsExactly(1, 2, 3));
    }

    private HPKEContextWithEncapsulation sender() {
        return suite.setupBaseS(
                suite.deserializePublicKey(of(setup, "pkRm")),
                of(setup, "info"),
                suite.deriveKeyPair(of(setup, "ikmE")));
    }

    private HPKEContext recipient() {
        return suite.setupBaseR(of(setup, "enc"), suite.deriveKeyPair(of(setup, "ikmR")), of(setup, "info"));
    }

    private List<Map<String, String>> with(String name) {
        return paragraphs.stream().filter(each -> each.containsKey(name)).toList();
    }

    /** The same key as it is used, and as Bouncy Castle keeps it (RFC 7748, section 5). */
    private static byte[] clamped(byte[] key) {
        key[0] &= (byte) 0xf8;
        key[31] = (byte) ((key[31] & 0x7f) | 0x40);
        return key;
    }

    private static byte[] of(Map<String, String> values, String name) {
        return HEX.parseHex(Objects.requireNonNull(values.get(name), name));
    }

    private static List<Map<String, String>> read() {
        List<Map<String, String>> paragraphs = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(Rfc9180Test.class.getResourceAsStream("rfc9180-base.txt"))) {
            for (String text : new String(in.readAllBytes(), StandardCharsets.US_ASCII).split("\n\n", -1)) {
                Map<String, String> paragraph = new LinkedHashMap<>();
                text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                    String[] sides = line.split(" =", 2);
                    paragraph.put(sides[0], sides[1].strip());
                });
                paragraphs.add(paragraph);
            }
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
        return paragraphs;
    }
}
