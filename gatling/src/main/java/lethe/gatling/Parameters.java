package lethe.gatling;

import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What a simulation was told by {@code -DKEY=VALUE}. Remembers what was asked for, so that a summary can say it. */
final class Parameters {
    private final Map<String, Object> read = new TreeMap<>();

    /** A whole number, at least 1. */
    int number(String key, int otherwise) {
        int value = Integer.getInteger(key, otherwise);
        if (value < 1) {
            throw new IllegalArgumentException(key + " is " + value + ": it must be at least 1");
        }
        read.put(key, value);
        return value;
    }

    /** The broker under load, {@code HOST:PORT} in {@code lethe.address}. */
    static URI broker() {
        return URI.create("http://" + System.getProperty("lethe.address", "127.0.0.1:8080"));
    }

    /** Whether the phones opt out at the end. */
    static boolean leaves() {
        return Boolean.parseBoolean(System.getProperty("lethe.opt-out", "true"));
    }

    /** The file of the summary. */
    static Path summary(String simulation) {
        return Path.of(System.getProperty("lethe.results", "target/gatling"), simulation + ".json");
    }

    /** All that was read. */
    Map<String, Object> read() {
        return Collections.unmodifiableMap(read);
    }
}
