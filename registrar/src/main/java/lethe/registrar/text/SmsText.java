package lethe.registrar.text;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import lethe.core.identity.Opaque;

/** A text as SMS carry it. It does not print. */
public sealed interface SmsText {
    /** As many as the headers can count. */
    int MOST_PARTS = 255;

    /**
     * As one SMS, or as parts that the handset puts together.
     *
     * @param coding of all parts
     * @param parts in their order, without headers; with {@link Joining#BY_CENTRE} one of any length
     */
    record Parts(Coding coding, List<Opaque> parts) implements SmsText {
        public Parts {
            parts = List.copyOf(parts);
        }

        @Override
        public String toString() {
            return "Parts[***]";
        }
    }

    /**
     * More than it may cost.
     *
     * @param parts how many it would take
     */
    record TooLong(int parts) implements SmsText {}

    /**
     * The text in the shorter coding that holds it. Neither an escape nor a surrogate is parted from what follows it; a
     * surrogate without its other half is sent as U+FFFD.
     *
     * @param most parts, 1 to {@link #MOST_PARTS}
     * @throws IllegalArgumentException if that is out of bounds
     */
    static SmsText of(String text, Alphabet alphabet, Joining joining, int most) {
        if (most < 1 || most > MOST_PARTS) {
            throw new IllegalArgumentException("1 to " + MOST_PARTS + " parts");
        }
        Coding coding = alphabet.has(text) ? Coding.DEFAULT : Coding.UCS2;
        Splitter splitter = coding == Coding.DEFAULT
                ? new Splitter(Splitter.SEPTETS, joining.septets())
                : new Splitter(Splitter.OCTETS, joining.units() * 2);
        text.codePoints().forEach(codePoint -> splitter.add(encoded(codePoint, alphabet, coding)));
        List<Opaque> parts = splitter.parts();
        if (parts.size() > most) {
            return new TooLong(parts.size());
        }
        return new Parts(coding, joining == Joining.BY_CENTRE ? List.of(splitter.whole()) : parts);
    }

    private static byte[] encoded(int codePoint, Alphabet alphabet, Coding coding) {
        if (coding == Coding.DEFAULT) {
            int place = alphabet.place(codePoint);
            return place < Alphabet.EXTENDED
                    ? new byte[] {(byte) place}
                    : new byte[] {Alphabet.ESCAPE, (byte) (place - Alphabet.EXTENDED)};
        }
        char[] units = Character.toChars(codePoint);
        if (units.length == 1 && Character.isSurrogate(units[0])) {
            units[0] = '\uFFFD';
        }
        byte[] bytes = new byte[units.length * 2];
        for (int i = 0; i < units.length; i++) {
            bytes[2 * i] = (byte) (units[i] >> 8);
            bytes[2 * i + 1] = (byte) units[i];
        }
        return bytes;
    }

    /** Fills one part after the other, unless one SMS holds all. */
    final class Splitter {
        static final int SEPTETS = 160;
        static final int OCTETS = 140;

        private final int alone;
        private final int joined;
        private final ByteArrayOutputStream whole = new ByteArrayOutputStream();
        private final ByteArrayOutputStream part = new ByteArrayOutputStream();
        private final List<Opaque> full = new ArrayList<>();

        Splitter(int alone, int joined) {
            this.alone = alone;
            this.joined = joined;
        }

        void add(byte[] character) {
            if (part.size() + character.length > joined) {
                full.add(Opaque.wrap(part.toByteArray()));
                part.reset();
            }
            part.writeBytes(character);
            whole.writeBytes(character);
        }

        Opaque whole() {
            return Opaque.wrap(whole.toByteArray());
        }

        List<Opaque> parts() {
            if (whole.size() <= alone) {
                return List.of(whole());
            }
            List<Opaque> parts = new ArrayList<>(full);
            parts.add(Opaque.wrap(part.toByteArray()));
            return parts;
        }
    }
}
