package lethe.loadtest.sms;

import java.util.function.Consumer;
import lethe.core.fallback.Fallback;
import lethe.core.identity.MessageId;

/**
 * A letter that a phone has taken.
 *
 * @param mode how it becomes an SMS
 * @param recipient takes the text of an SMS
 */
record Posted(MessageId id, Letter letter, Fallback mode, Consumer<String> recipient) {
    /**
     * Whether an SMS says what it shall: the letter, and at most a tag behind it; or, if it is a notice, nothing of it.
     */
    boolean isSaidBy(String sms) {
        return mode == Fallback.NOTICE ? !sms.contains(Letter.WORD) : sms.startsWith(letter.text());
    }
}
