package lethe.registrar.text;

import java.util.Arrays;

/** What one septet, or an escape and another one, stand for. All that is not in it is sent as UCS-2. */
public enum Alphabet {
    /** The GSM 7-bit default alphabet and its extension table: 3GPP TS 23.038, sections 6.2.1 and 6.2.1.1. */
    GSM {
        @Override
        int place(int codePoint) {
            return codePoint < PLACES.length ? PLACES[codePoint] : beyondLatin(codePoint);
        }
    },

    /**
     * Of these, what stands in the same places in ASCII: for centres whose default alphabet, which is theirs to choose
     * (SMPP 3.4, section 5.2.19), is not known.
     */
    COMMON {
        @Override
        int place(int codePoint) {
            int place = GSM.place(codePoint);
            return place == codePoint ? place : NONE;
        }
    };

    static final int NONE = -1;
    static final int ESCAPE = 0x1B;

    /** What an extended character has added to its place in the extension table. */
    static final int EXTENDED = 0x80;

    private static final String BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\uFFFFÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    /** Each character behind its place, in hexadecimal. */
    private static final String EXTENSION = "0A\f14^28{29}2F\\3C[3D~3E]40|65€";

    private static final int EXTENSION_ENTRY = 3;
    private static final int LATIN = 0x100;
    private static final int[] PLACES = latin();

    private static int[] latin() {
        int[] places = new int[LATIN];
        Arrays.fill(places, NONE);
        for (int place = 0; place < BASIC.length(); place++) {
            if (BASIC.charAt(place) < LATIN) {
                places[BASIC.charAt(place)] = place;
            }
        }
        for (int entry = 0; entry < EXTENSION.length(); entry += EXTENSION_ENTRY) {
            char character = EXTENSION.charAt(entry + EXTENSION_ENTRY - 1);
            if (character < LATIN) {
                places[character] = EXTENDED | Integer.parseInt(EXTENSION, entry, entry + 2, 16);
            }
        }
        return places;
    }

    private static int beyondLatin(int codePoint) {
        if (codePoint == '€') {
            return EXTENDED | 0x65;
        }
        return codePoint >= 'Γ' && codePoint <= 'Ω' ? BASIC.indexOf(codePoint) : NONE;
    }

    /** The septet of a code point, with {@link #EXTENDED} if it is to be escaped; {@link #NONE} if it has none. */
    abstract int place(int codePoint);

    /** Whether all of a text is in it. */
    public boolean has(String text) {
        return text.codePoints().allMatch(codePoint -> place(codePoint) != NONE);
    }
}
