package lethe.loadtest.capture;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lethe.core.identity.Opaque;
import lethe.loadtest.evidence.Form;

/**
 * All the ways in which an identifier or a name is written down: as people write it and as programs do, in one byte a
 * character or two, in half-octets as in SMS (3GPP TS 23.040, section 9.1.2), as a 64-bit number, and hashed; each of
 * these also as hexadecimal and Base64, which {@link Form} knows.
 */
final class Spelling {
    private static final List<String> DIGESTS = List.of("MD5", "SHA-1", "SHA-256");
    private static final List<Charset> WIDE = List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);

    /** Twelve digits, of unknown type, ISDN. Before them, as six octets alone could be there by chance. */
    private static final String NATIONAL_ADDRESS = "0C81";

    private static final int COUNTRY = 3;
    private static final int AREA = 3;

    private final Map<Opaque, String> forms = new LinkedHashMap<>();

    private Spelling() {}

    /**
     * A number.
     *
     * @param number in E.164, German
     */
    static List<Form> number(String number) {
        String digits = number.substring(1);
        String area = number.substring(COUNTRY, COUNTRY + AREA);
        String rest = number.substring(COUNTRY + AREA);
        String national = "0" + area + rest;
        Spelling all = new Spelling();
        all.text("E.164", number).text("E.164 digits", digits).text("national", national);
        all.text("significant", area + rest).text("00 prefix", "00" + digits).text("URI", "tel:" + number);
        for (String separator : List.of(" ", "-", "/", ".")) {
            all.text("with separators", "+49" + separator + area + separator + rest);
            all.text("national with a separator", "0" + area + separator + rest);
            String halves = rest.substring(0, 4) + separator + rest.substring(4);
            all.text("grouped", area + separator + halves);
        }
        all.text("with parentheses", "+49 (" + area + ") " + rest).text("with parentheses", "(0" + area + ") " + rest);
        all.text("escaped", "%2B" + digits).text("escaped", "\\u002b" + digits);
        all.halfOctets("half-octets", digits);
        all.bytes("half-octets, national", NATIONAL_ADDRESS + swapped(national));
        return all.digested(number, digits, national, "tel:" + number)
                .integer(digits)
                .all();
    }

    /**
     * An IMSI or an IMEI.
     *
     * @param digits 15
     */
    static List<Form> equipment(String digits) {
        Spelling all = new Spelling();
        all.text("digits", digits).halfOctets("half-octets", digits);
        String serial = digits.substring(8, 14);
        all.text(
                "with separators",
                digits.substring(0, 2) + "-" + digits.substring(2, 8) + "-" + serial + "-" + digits.substring(14));
        all.text("grouped", digits.substring(0, 6) + " " + digits.substring(6, 8) + " " + serial);
        return all.digested(digits).integer(digits).all();
    }

    /** The name of somebody or something, of which the longest word alone names it too. */
    static List<Form> name(String name, String longest) {
        Spelling all = new Spelling();
        all.text("name", name).text("one name", longest);
        all.text("capitals", longest.toUpperCase(Locale.ROOT)).text("small", longest.toLowerCase(Locale.ROOT));
        return all.digested(name, name.toLowerCase(Locale.ROOT)).all();
    }

    private Spelling text(String name, String text) {
        encoded(name, Opaque.wrap(text.getBytes(StandardCharsets.UTF_8)));
        for (Charset wide : WIDE) {
            forms.putIfAbsent(Opaque.wrap(text.getBytes(wide)), name + ", " + wide.name());
        }
        return this;
    }

    /** The digests of texts. */
    private Spelling digested(String... texts) {
        for (String text : texts) {
            for (String algorithm : DIGESTS) {
                encoded(algorithm, digest(algorithm, text));
            }
        }
        return this;
    }

    private static Opaque digest(String algorithm, String text) {
        try {
            return Opaque.wrap(MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }

    /** As telephony packs digits, swapped, and as people would, padded at the end and at the beginning. */
    private Spelling halfOctets(String name, String digits) {
        bytes(name + ", swapped", swapped(digits));
        bytes(name, padded(digits));
        return digits.length() % 2 == 0 ? this : bytes(name + ", padded", "0" + digits);
    }

    private static String swapped(String digits) {
        String even = padded(digits);
        StringBuilder swapped = new StringBuilder();
        for (int i = 0; i < even.length(); i += 2) {
            swapped.append(even.charAt(i + 1)).append(even.charAt(i));
        }
        return swapped.toString();
    }

    private static String padded(String digits) {
        return digits.length() % 2 == 0 ? digits : digits + "F";
    }

    private Spelling bytes(String name, String hexadecimal) {
        encoded(name, Opaque.wrap(HexFormat.of().parseHex(hexadecimal)));
        return this;
    }

    /** As a processor keeps it, and as a network carries it. */
    private Spelling integer(String digits) {
        long value = Long.parseLong(digits);
        forms.putIfAbsent(eight(value), "number");
        forms.putIfAbsent(eight(Long.reverseBytes(value)), "number, little-endian");
        return this;
    }

    private static Opaque eight(long value) {
        return Opaque.wrap(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    private void encoded(String name, Opaque bytes) {
        Form.of(bytes).forEach(form -> forms.putIfAbsent(form.pattern(), name + ", " + form.name()));
    }

    private List<Form> all() {
        List<Form> all = new ArrayList<>();
        forms.forEach((pattern, name) -> all.add(new Form(name, pattern)));
        return all;
    }
}
