package lethe.device.phone;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Gives what the owner types to one of the phone's numbers: the first, until {@code /line N} chooses another. */
final class Switchboard implements AutoCloseable {
    private final List<PhoneLine> phoneLines = new ArrayList<>();
    private final Screen screen;
    private int chosen;

    /**
     * With no number yet.
     *
     * @param screen for what belongs to none of them
     */
    Switchboard(Screen screen) {
        this.screen = screen;
    }

    void add(PhoneLine line) {
        phoneLines.add(line);
    }

    /** Returns whether the input ended; if not, the owner left. */
    boolean readAll(Lines lines) {
        Optional<String> line = lines.next();
        while (line.isPresent()) {
            if (!typed(line.get())) {
                return false;
            }
            line = lines.next();
        }
        return true;
    }

    private boolean typed(String line) {
        if (line.equals("/line") || line.startsWith("/line ")) {
            choose(line.substring("/line".length()).strip());
            return true;
        }
        return asking().chat().line(line);
    }

    /** Whoever asked is answered, whichever was chosen. */
    private PhoneLine asking() {
        return phoneLines.stream().filter(PhoneLine::isAsking).findFirst().orElseGet(() -> phoneLines.get(chosen));
    }

    private void choose(String number) {
        for (int i = 0; i < phoneLines.size(); i++) {
            if (number.equals(String.valueOf(i + 1))) {
                chosen = i;
                screen.note("line " + number);
                return;
            }
        }
        screen.trouble("/line N: this phone serves 1 to " + phoneLines.size());
    }

    /** Waits until the broker has taken what was typed, but no longer than this. */
    void waitForCustody(Clock clock, Duration longest) {
        Instant end = clock.instant().plus(longest);
        while (clock.instant().isBefore(end) && unresolved() > 0) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private int unresolved() {
        return phoneLines.stream()
                .mapToInt(
                        line -> line.client().unresolved().toCompletableFuture().join())
                .sum();
    }

    @Override
    public void close() {
        phoneLines.forEach(PhoneLine::close);
    }
}
