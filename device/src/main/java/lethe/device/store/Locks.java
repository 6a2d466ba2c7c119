package lethe.device.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The locks of a phone and of all its lines. */
final class Locks implements AutoCloseable {
    private final Path phone;
    private final Map<Path, PhoneLock> held = new LinkedHashMap<>();

    Locks(Path phone) {
        this.phone = phone;
    }

    /** Takes those that are not held yet; false if a process has one of them. */
    boolean takeAll() throws IOException {
        for (int number = 1; number <= FileStore.MOST_LINES; number++) {
            Path line = FileStore.line(phone, number);
            boolean there = number == 1 || Files.isDirectory(line);
            if (there && !held.containsKey(line)) {
                PhoneLock taken = PhoneLock.take(line).orElse(null);
                if (taken == null) {
                    return false;
                }
                held.put(line, taken);
            }
        }
        return true;
    }

    Iterable<Path> lines() {
        return held.keySet();
    }

    @Override
    public void close() {
        held.values().forEach(PhoneLock::close);
    }
}
