package lethe.loadtest.evidence;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lethe.core.identity.Opaque;

/**
 * One way in which bytes are written down: as they are, as hexadecimal, as Base64 or Base64url wherever they begin in
 * its groups of three, each text in one byte a character or two; and 64 bits at a time, as a processor keeps them in
 * numbers.
 *
 * @param name for people
 * @param pattern what to look for
 */
public record Form(String name, Opaque pattern) {
    private static final int GROUP = 3;
    private static final int BITS_PER_CHARACTER = 6;

    /** A single number may be there by chance, or be a part that others have too. */
    private static final int LEAST_IN_NUMBERS = 2 * Long.BYTES;

    /** All ways to write the bytes; those that come out the same, once. */
    public static List<Form> of(Opaque bytes) {
        Map<Opaque, String> forms = new LinkedHashMap<>();
        forms.put(bytes, "raw");
        if (bytes.length() >= LEAST_IN_NUMBERS) {
            forms.putIfAbsent(inNumbers(bytes.shared()), "numbers");
        }
        addText(forms, "hex", HexFormat.of().formatHex(bytes.shared()));
        addText(forms, "HEX", HexFormat.of().withUpperCase().formatHex(bytes.shared()));
        for (int before = 0; before < GROUP; before++) {
            addText(forms, "base64url+" + before, base64(Base64.getUrlEncoder(), bytes.shared(), before));
            addText(forms, "base64+" + before, base64(Base64.getEncoder(), bytes.shared(), before));
        }
        List<Form> all = new ArrayList<>();
        forms.forEach((pattern, name) -> all.add(new Form(name, pattern)));
        return all;
    }

    private static void addText(Map<Opaque, String> forms, String name, String text) {
        forms.putIfAbsent(Opaque.wrap(text.getBytes(StandardCharsets.US_ASCII)), name);
        forms.putIfAbsent(Opaque.wrap(text.getBytes(StandardCharsets.UTF_16LE)), name + ", wide");
    }

    /** The characters that depend on these bytes alone, when so many others stand before them in their group. */
    private static String base64(Base64.Encoder encoder, byte[] bytes, int before) {
        byte[] all = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, all, before, bytes.length);
        int first = (before * Byte.SIZE + BITS_PER_CHARACTER - 1) / BITS_PER_CHARACTER;
        int end = all.length * Byte.SIZE / BITS_PER_CHARACTER;
        return encoder.encodeToString(all).substring(first, end);
    }

    /** Each eight bytes in reverse, the lowest first. */
    private static Opaque inNumbers(byte[] bytes) {
        byte[] numbers = Arrays.copyOf(bytes, bytes.length - bytes.length % Long.BYTES);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = bytes[i - i % Long.BYTES + Long.BYTES - 1 - i % Long.BYTES];
        }
        return Opaque.wrap(numbers);
    }

    /** It is as secret as what it writes down. */
    @Override
    public String toString() {
        return "Form[" + name + "]";
    }
}
