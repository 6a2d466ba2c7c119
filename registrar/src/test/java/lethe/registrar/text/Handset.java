package lethe.registrar.text;

import java.util.Map;

/** Reads septets as a handset does, from the tables of 3GPP TS 23.038 written the other way round. */
public final class Handset {
    private static final String[] ROWS = {
        "@Δ 0¡P¿p", "£_!1AQaq", "$Φ\"2BRbr", "¥Γ#3CScs", "èΛ¤4DTdt", "éΩ%5EUeu", "ùΠ&6FVfv", "ìΨ'7GWgw",
        "òΣ(8HXhx", "ÇΘ)9IYiy", "\nΞ*:JZjz", "Ø\u001B+;KÄkä", "øÆ,<LÖlö", "\ræ-=MÑmñ", "Åß.>NÜnü", "åÉ/?O§oà",
    };
    private static final Map<Integer, Character> EXTENSION = Map.of(
            0x0A, '\f', 0x14, '^', 0x28, '{', 0x29, '}', 0x2F, '\\', 0x3C, '[', 0x3D, '~', 0x3E, ']', 0x40, '|', 0x65,
            '€');

    private Handset() {}

    public static String read(byte[] septets) {
        StringBuilder text = new StringBuilder();
        boolean escaped = false;
        for (byte septet : septets) {
            char plain = ROWS[septet & 0x0F].charAt(septet >> 4);
            if (escaped) {
                text.append(EXTENSION.getOrDefault((int) septet, ' ').charValue());
            } else if (plain != 0x1B) {
                text.append(plain);
            }
            escaped = !escaped && plain == 0x1B;
        }
        if (escaped) {
            throw new AssertionError("an escape at the end of a part");
        }
        return text.toString();
    }
}
