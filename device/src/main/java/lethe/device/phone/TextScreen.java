package lethe.device.phone;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import lethe.core.consent.Scope;
import lethe.core.identity.MessageId;
import lethe.core.identity.RevealsIdentifiers;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.CloseReason;
import lethe.device.DeviceEvent;
import lethe.device.LetheEvent;
import lethe.device.outbox.Outcome;
import lethe.device.sms.SmsArrival;
import lethe.device.sms.SmsCopy;
import lethe.seal.content.Mark;

/** A chat in a terminal. The owner's messages are numbered, so that what became of each can be told. */
final class TextScreen implements Screen {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofLocalizedDateTime(
                    FormatStyle.SHORT, FormatStyle.MEDIUM)
            .withLocale(Locale.ROOT)
            .withZone(ZoneId.systemDefault());

    private final PrintWriter out;
    private final String prompt;
    private final String label;
    private final Map<MessageId, Integer> numbers = new HashMap<>();

    /**
     * A screen at its start.
     *
     * @param prompt is shown again after each line; empty for none
     * @param label in front of each line; empty for none
     */
    TextScreen(PrintWriter out, String prompt, String label) {
        this.out = out;
        this.prompt = prompt;
        this.label = label;
    }

    private void print(String line) {
        synchronized (out) {
            out.println((prompt.isEmpty() ? label : "\r\u001b[K" + label) + line);
            out.print(prompt);
            out.flush();
        }
    }

    private synchronized String number(MessageId id) {
        return "#" + numbers.computeIfAbsent(id, unseen -> numbers.size() + 1);
    }

    @Override
    public void started(String name, String address, boolean optedIn) {
        print("This is " + name + ". Address: " + address);
        print(optedIn ? "Lethe is on." : "Lethe is off. Nothing has been opened or sent.");
    }

    @Override
    public void policy(Bodies.PolicyInForce policy) {
        print("Policy, epoch " + policy.epoch() + ":\n\n" + policy.text().strip() + "\n");
    }

    @Override
    public void optedIn(long epoch, Set<Scope> scopes) {
        print("Lethe is on: you agreed to policy epoch " + epoch + ", and to " + Wording.of(scopes)
                + ". /optout switches it off and erases everything.");
    }

    @Override
    public void optedOut() {
        print("Lethe is off. The broker has nothing of you any more.");
    }

    @Override
    public void connected(boolean resumed) {
        print(resumed ? "(connected again)" : "(connected)");
    }

    @Override
    public void drained() {}

    @Override
    public void closed(DeviceEvent.Disconnected closed) {
        if (closed.retry() != null) {
            print("(no connection; next attempt in " + (closed.retry().toMillis() + 999) / 1000 + " s)");
        } else {
            print("(disconnected, code " + closed.code() + ": " + why(closed.code()) + ")");
        }
    }

    private static String why(int code) {
        if (code == CloseReason.NO_CONSENT.code()) {
            return "the policy asks for a new consent; Lethe is off until you /optin";
        }
        if (code == CloseReason.REPLACED.code()) {
            return "this phone is connected elsewhere";
        }
        if (code == CloseReason.ERASED.code()) {
            return "this phone has no place here any more: the address was opted out, or this phone removed";
        }
        if (code == CloseReason.UPGRADE.code()) {
            return "the broker speaks another version";
        }
        return "the broker knows no such phone here; Lethe is off until you /optin";
    }

    @Override
    public void sent(MessageId id, String to) {
        print(number(id) + " to " + to + ": on its way");
    }

    @Override
    public void held(MessageId id, Instant expires) {
        print(number(id) + " held by the broker until " + TIME.format(expires));
    }

    @Override
    public void ended(MessageId id, Outcome outcome, Instant at) {
        String what = outcome instanceof Outcome.Refused refused
                ? "refused: " + refused.problem().type().title()
                : outcome.word().replace('_', ' ');
        print(number(id) + " " + what);
    }

    @Override
    public void received(LetheEvent.Received letter, String from, String words) {
        print(from + ": " + words + (letter.again() ? "   (you may have seen this)" : ""));
    }

    @Override
    public void met(String from) {
        print("(" + from + " writes for the first time; /safety compares numbers with them)");
    }

    @Override
    public void writtenElsewhere(LetheEvent.WrittenElsewhere letter, String to, String words) {
        print(number(letter.id()) + " you, on another device, to " + to + ": " + words);
    }

    @Override
    public void marked(MessageId id, Mark mark, String by) {
        print(number(id) + (mark == Mark.READ ? " read by " : " received by ") + by);
    }

    @Override
    public void typing(String who, boolean begins) {
        if (begins) {
            print("(" + who + " is writing)");
        }
    }

    @Override
    @RevealsIdentifiers("stands for the modem, which needs the number")
    public void sms(MessageId id, SmsCopy sms) {
        print(number(id) + " SMS to " + sms.number().reveal() + ": " + sms.text());
    }

    @Override
    public void smsArrived(String from, String text, SmsArrival arrival) {
        print(
                arrival == SmsArrival.DUPLICATE
                        ? "(an SMS from " + from + " says what came already)"
                        : "SMS from " + from + ": " + text);
    }

    @Override
    public void cameAsSms(LetheEvent.Received letter, String from) {
        print("(what " + from + " said in an SMS came as a message too)");
    }

    @Override
    public void note(String text) {
        print(text);
    }

    @Override
    public void trouble(String text) {
        print("! " + text);
    }

    @Override
    public void ask(String question) {
        print(question);
    }
}
