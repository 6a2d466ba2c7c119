package lethe.loadtest.phone;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * The end of a run: every phone connects once more, so that whatever a broker still has for it shows up.
 *
 * @param progress told in a line what went wrong
 */
public record RollCall(List<Phone> phones, Bell bell, Consumer<String> progress) {
    private static final Duration QUIET = Duration.ofSeconds(1);

    /** Calls, waits a moment longer than until all are there, and answers how many are not within the bound. */
    public int absent(Duration bound) throws InterruptedException {
        for (Phone phone : phones) {
            phone.disconnect().toCompletableFuture().join();
        }
        phones.forEach(Phone::connect);
        bell.await(() -> absent() == 0, bound);
        int absent = absent();
        if (absent > 0) {
            progress.accept(absent + " of " + phones.size() + " phones did not come back");
        }
        bell.await(() -> false, QUIET);
        return absent;
    }

    private int absent() {
        return (int) phones.stream().filter(phone -> !phone.isDrained()).count();
    }
}
