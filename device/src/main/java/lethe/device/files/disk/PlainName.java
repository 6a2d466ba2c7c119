package lethe.device.files.disk;

import java.nio.charset.StandardCharsets;

/** A name for a file out of what its sender calls it: never a path, never hidden, and what people see is what it is. */
final class PlainName {
    /** Bytes of UTF-8, of the 255 that file systems take: the endings of what is not whole yet need some. */
    private static final int MOST = 180;

    private static final int MOST_ENDING = 16;
    private static final String NAMELESS = "file";
    private static final String FORBIDDEN = "/\\:*?\"<>|";

    private PlainName() {}

    /** The name for the nth try: {@code bank.jpg}, {@code bank (2).jpg}. */
    static String of(String said, int number) {
        String plain = plain(said);
        int dot = plain.lastIndexOf('.');
        boolean ends = dot > 0 && plain.length() - dot <= MOST_ENDING;
        String ending = ends ? plain.substring(dot) : "";
        String stem = ends ? plain.substring(0, dot) : plain;
        String tail = (number == 1 ? "" : " (" + number + ")") + ending;
        return cut(stem, MOST - bytes(tail)) + tail;
    }

    private static String plain(String said) {
        StringBuilder plain = new StringBuilder();
        said.codePoints()
                .filter(PlainName::isShown)
                .forEach(sign -> plain.appendCodePoint(FORBIDDEN.indexOf(sign) >= 0 ? '_' : sign));
        String trimmed = plain.toString().strip();
        int from = 0;
        while (from < trimmed.length() && trimmed.charAt(from) == '.') {
            from++;
        }
        String visible = trimmed.substring(from).strip();
        return visible.isEmpty() ? NAMELESS : visible;
    }

    /** Signs that turn the direction of writing make an ending look like another one. */
    private static boolean isShown(int sign) {
        return switch (Character.getType(sign)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    private static String cut(String text, int most) {
        String cut = text;
        while (bytes(cut) > most) {
            cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
        }
        return cut;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
