package lethe.loadtest.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import lethe.core.identity.Opaque;
import org.junit.jupiter.api.Test;

class FormTest {
    private static final Opaque BYTES = draw();

    @Test
    void knowsTheBytesAndTheirHexadecimal() {
        assertThat(namesIn(BYTES.shared())).contains("raw");
        assertThat(namesIn(text(HexFormat.of().formatHex(BYTES.shared())))).contains("hex");
        assertThat(namesIn(text(HexFormat.ofDelimiter("").withUpperCase().formatHex(BYTES.shared()))))
                .contains("HEX");
    }

    @Test
    void knowsBase64WhateverStandsAround() {
        for (int before = 0; before < 6; before++) {
            for (int after = 0; after < 4; after++) {
                byte[] all = new byte[before + BYTES.length() + after];
                new Random(before).nextBytes(all);
                System.arraycopy(BYTES.shared(), 0, all, before, BYTES.length());
                assertThat(namesIn(Base64.getEncoder().encode(all)))
                        .as("%d before, %d after", before, after)
                        .contains("base64+" + before % 3);
                assertThat(namesIn(Base64.getUrlEncoder().encode(all)))
                        .as("%d before, %d after", before, after)
                        .contains("base64url+" + before % 3);
            }
        }
    }

    @Test
    void knowsTextInTwoBytesACharacter() {
        byte[] wide = BYTES.toText().getBytes(StandardCharsets.UTF_16LE);
        assertThat(namesIn(wide)).contains("base64url+0, wide");
    }

    @Test
    void knowsWhatAProcessorKeepsAsTwoNumbers() {
        ByteBuffer read = ByteBuffer.wrap(BYTES.shared());
        ByteBuffer kept = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        kept.putLong(read.getLong()).putLong(read.getLong());
        assertThat(namesIn(kept.array())).contains("numbers");
    }

    @Test
    void isNeverShortEnoughForChance() {
        assertThat(Form.of(BYTES)).allMatch(form -> form.pattern().length() >= BYTES.length());
    }

    @Test
    void keepsNoPartOfWhatIsShort() {
        Opaque swapped = Opaque.wrap(new byte[] {1, 2, 3, 4, 5, 6, 7});
        assertThat(Form.of(swapped))
                .allMatch(form -> form.pattern().length() >= PatternSearch.SHORTEST)
                .extracting(Form::name)
                .doesNotContain("numbers");
    }

    private static List<String> namesIn(byte[] haystack) {
        String all = new String(haystack, StandardCharsets.ISO_8859_1);
        return Form.of(BYTES).stream()
                .filter(form -> all.contains(new String(form.pattern().shared(), StandardCharsets.ISO_8859_1)))
                .map(Form::name)
                .toList();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** With all bits set here and there, so that Base64 and Base64url differ at every alignment. */
    private static Opaque draw() {
        byte[] bytes = new byte[16];
        new Random(1).nextBytes(bytes);
        for (int i : new int[] {4, 5, 6, 7, 8}) {
            bytes[i] = (byte) 0xff;
        }
        return Opaque.wrap(bytes);
    }
}
