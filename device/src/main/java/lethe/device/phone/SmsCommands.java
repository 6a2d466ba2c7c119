package lethe.device.phone;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import lethe.core.fallback.Fallback;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.Tag;
import lethe.device.Lethe;
import lethe.device.Sending;
import lethe.device.outbox.Terms;
import lethe.device.sms.SmsArrival;
import lethe.device.sms.SmsCopy;

/** What an owner types about SMS: what becomes of a message that does not get through in time, and what has arrived. */
final class SmsCommands {
    private static final Duration USUAL_DEADLINE = Duration.ofSeconds(30);
    private static final String LANGUAGE = "[a-z]{2,3}";

    private final Lethe lethe;
    private final Screen screen;
    private final AddressBook book;
    private Optional<Duration> deadline = Optional.empty();
    private Fallback fallback = Fallback.NONE;

    SmsCommands(Lethe lethe, Screen screen, AddressBook book) {
        this.lethe = lethe;
        this.screen = screen;
        this.book = book;
    }

    /** Returns false if it was asked wrongly. */
    boolean deadline(List<String> words) {
        if (words.equals(List.of("off"))) {
            deadline = Optional.empty();
            screen.note("deadline off");
            return true;
        }
        return words.size() == 1 && setDeadline(words.get(0));
    }

    private boolean setDeadline(String word) {
        Optional<Duration> parsed = DurationText.parse(word).filter(Terms::isDeadline);
        if (parsed.isPresent()) {
            deadline = parsed;
            screen.note("deadline " + word);
        }
        return parsed.isPresent();
    }

    /** Returns false if it was asked wrongly. */
    boolean fallback(List<String> words) {
        String word = words.isEmpty() ? "" : words.get(0).toLowerCase(Locale.ROOT);
        Optional<Fallback> wanted = List.of(Fallback.values()).stream()
                .filter(offered -> offered.word().equals(word))
                .findFirst();
        boolean timed = words.size() == 2 && !word.equals(Fallback.NONE.word());
        if (wanted.isEmpty() || !(words.size() == 1 || (timed && setDeadline(words.get(1))))) {
            return false;
        }
        fallback = wanted.get();
        screen.note("fallback " + word);
        return true;
    }

    /** On which terms a text goes. */
    Terms terms() {
        Duration wait = deadline.orElse(USUAL_DEADLINE);
        return switch (fallback) {
            case NONE -> withoutSms();
            case DEVICE -> Terms.smsAfter(wait);
            case GATEWAY -> Terms.gatewayAfter(wait);
            case NOTICE -> Terms.noticeAfter(wait);
        };
    }

    /** On which terms all else goes: never as an SMS. */
    Terms withoutSms() {
        return deadline.map(Terms::livingFor).orElseGet(Terms::usual);
    }

    /** What a text becomes; empty if nothing, or if nobody knows to which number. */
    Optional<SmsCopy> sms(Tag to, String text) {
        if (fallback == Fallback.NONE) {
            return Optional.empty();
        }
        Optional<PlainIdentifier> number;
        synchronized (book) {
            number = book.number(to);
        }
        return number.map(
                known -> fallback == Fallback.NOTICE ? SmsCopy.notice(known, language()) : new SmsCopy(known, text));
    }

    /** Nothing is known of the recipient's: the owner's own. */
    private static String language() {
        String own = Locale.getDefault().getLanguage();
        return own.matches(LANGUAGE) ? own : "en";
    }

    /**
     * Plays an SMS that arrives.
     *
     * @param typed from which number, or in which name, and what it says
     * @return false if it was asked wrongly
     */
    boolean arrives(String typed) {
        int blank = typed.indexOf(' ');
        if (blank < 0) {
            return false;
        }
        String source = typed.substring(0, blank);
        String text = typed.substring(blank + 1);
        Optional<Tag> from = from(source);
        SmsArrival arrival =
                lethe.smsArrived(from.orElse(null), text).toCompletableFuture().join();
        synchronized (book) {
            screen.smsArrived(from.map(book::nameOf).orElse(source), text, arrival);
        }
        return true;
    }

    /** Whoever the owner knows by a number; empty if nobody, or if it is none. */
    private Optional<Tag> from(String source) {
        try {
            synchronized (book) {
                return book.at(PlainIdentifier.of(PlainIdentifier.Kind.NUMBER, source));
            }
        } catch (IllegalArgumentException aName) {
            return Optional.empty();
        }
    }

    /** Why a text was not taken. */
    void refused(Sending.Why why) {
        screen.trouble(
                switch (why) {
                    case NO_KEY -> "no gateway is known here: start the phone with --gateway-key KEY";
                    case NOT_AGREED ->
                        "you have not agreed to SMS by the operator's gateway: /optin asks, or --sms-gateway";
                    case NO_NUMBER -> "no number for an SMS: /contacts add NAME ADDRESS NUMBER, or /fallback none";
                    case TOO_LONG -> "too long for an SMS: shorten it, or /fallback notice";
                });
    }
}
