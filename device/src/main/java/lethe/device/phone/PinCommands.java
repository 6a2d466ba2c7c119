package lethe.device.phone;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import lethe.client.http.Answer;
import lethe.client.pin.PinKey;
import lethe.device.AccountDevices;

/** What an owner types about the registration PIN. It is not shown while it is typed, and overwritten afterwards. */
final class PinCommands {
    /** One more than is taken, so that what is cut off is not taken for a shorter one. */
    private static final int MOST = PinKey.LONGEST + 1;

    private final AccountDevices devices;
    private final Screen screen;
    private final Lines lines;

    PinCommands(AccountDevices devices, Screen screen, Lines lines) {
        this.devices = devices;
        this.screen = screen;
        this.lines = lines;
    }

    /** The PIN that the owner types; empty if the input ends. */
    static Optional<char[]> read(Screen screen, Lines lines, String question) {
        screen.ask(question);
        return lines.secret(MOST);
    }

    void command(List<String> words) {
        if (words.equals(List.of("off"))) {
            done(devices.removePin().toCompletableFuture().join(), "no registration PIN is set any more");
        } else if (words.isEmpty()) {
            set();
        } else {
            screen.trouble("/pin sets the registration PIN, which it asks for; /pin off removes it");
        }
    }

    private void set() {
        char[] first = read(screen, lines, "New registration PIN, 6 to 64 letters, digits or signs (not shown):")
                .orElseGet(() -> new char[0]);
        char[] second = read(screen, lines, "Again:").orElseGet(() -> new char[0]);
        boolean same = Arrays.equals(first, second);
        Arrays.fill(second, '\0');
        if (same) {
            done(devices.setPin(first).toCompletableFuture().join(), "the registration PIN is set");
        } else {
            Arrays.fill(first, '\0');
            screen.trouble("these are two different ones: the registration PIN is what it was");
        }
    }

    private void done(Answer<Boolean> answer, String note) {
        if (answer instanceof Answer.Good) {
            screen.note(note);
        } else {
            screen.trouble(Troubles.text(answer));
        }
    }
}
