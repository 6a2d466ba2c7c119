package lethe.loadtest.compare;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Results of two brokers in three rounds, with round figures. */
final class SomeResults {
    private SomeResults() {}

    static Results measured() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("relay", "Java 17");
        versions.put("lethe", "0.1.0");
        return Results.of(
                "2026-11-22",
                "./lethe bench compare --pairs 1000",
                new Machine("A Processor", 2, "Linux 6.1", "A Virtual Machine 17"),
                versions,
                List.of("relay: it broke"),
                List.of(
                        closed("relay", 12),
                        closed("lethe", 90),
                        closed("lethe", 30),
                        closed("relay", 11),
                        closed("relay", 10),
                        closed("lethe", 40),
                        half()));
    }

    private static Run closed(String broker, double processor) {
        return Run.of(
                Run.Part.CLOSED,
                broker,
                1_000,
                Map.of(
                        "bench",
                        "closed",
                        "broker_cpu_ms_per_1000",
                        processor,
                        "msg_per_s",
                        12_345.6,
                        "p50_us",
                        1_234,
                        "p99_us",
                        250_000,
                        "rss_mb",
                        0));
    }

    private static Run half() {
        return Run.of(Run.Part.HALF, "lethe", 1_000, Map.of("msg_per_s", 6_000, "p99_us", 900));
    }
}
