package lethe.client.sealing;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What an SMS shall say. It does not print. */
public sealed interface SmsWording {
    /** A text of the sender's. A surrogate without its other half is sent as U+FFFD. */
    record Text(String text) implements SmsWording {
        public Text {
            if (text.isEmpty()) {
                throw new IllegalArgumentException("a text says something");
            }
        }

        @Override
        public String toString() {
            return "Text[***]";
        }
    }

    /**
     * That a message waits in the app, and nothing of it: in the gateway's words.
     *
     * @param language of BCP 47, for example {@code de} or {@code pt-BR}; the gateway has another one if it lacks it
     * @param mark what it ends with, by which the recipient's phone knows for what it stands: {@code #} and six digits
     *     or small letters; empty for nothing
     */
    record Notice(String language, String mark) implements SmsWording {
        private static final String LANGUAGE = "[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}";
        private static final String MARK = "(#[0-9a-z]{6})?";

        public Notice {
            if (!language.matches(LANGUAGE) || !mark.matches(MARK)) {
                throw new IllegalArgumentException("not a language with a mark");
            }
        }

        /** Without a mark. */
        public Notice(String language) {
            this(language, "");
        }

        private static Notice of(String said) {
            int blank = said.indexOf(' ');
            return blank < 0 ? new Notice(said) : new Notice(said.substring(0, blank), said.substring(blank + 1));
        }

        private String said() {
            return mark.isEmpty() ? language : language + " " + mark;
        }

        @Override
        public String toString() {
            return "Notice[***]";
        }
    }

    /** As UTF-8, to be wiped. */
    default byte[] bytes() {
        String said = this instanceof Text text ? text.text() : ((Notice) this).said();
        int[] whole = said.codePoints()
                .map(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE ? 0xFFFD : point)
                .toArray();
        return new String(whole, 0, whole.length).getBytes(StandardCharsets.UTF_8);
    }

    /** Reads what {@link #bytes} writes; empty if it is neither UTF-8 nor a language that was asked for. */
    static Optional<SmsWording> of(boolean notice, byte[] bytes) {
        try {
            CharBuffer said = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes));
            return Optional.of(notice ? Notice.of(said.toString()) : new Text(said.toString()));
        } catch (CharacterCodingException | IllegalArgumentException garbled) {
            return Optional.empty();
        }
    }
}
