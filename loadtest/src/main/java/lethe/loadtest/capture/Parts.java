package lethe.loadtest.capture;

import java.util.ArrayDeque;
import java.util.Deque;

/** What was started, to be ended in the reverse order. */
final class Parts implements AutoCloseable {
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        return part;
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception broken) {
                // It is at an end, and the others shall be too.
            }
        }
    }
}
