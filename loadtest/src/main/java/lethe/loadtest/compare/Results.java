package lethe.loadtest.compare;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that a comparison has found: everything in its tables and its chart is in here.
 *
 * @param date on which it ended
 * @param command with which it is repeated
 * @param machine on which it ran
 * @param versions of the brokers by name, in the order in which they are shown
 * @param failures of measurements that were then made again, in words
 * @param medians of the rounds
 * @param rounds each measurement by itself, in the order in which they were made
 */
public record Results(
        String date,
        String command,
        Machine machine,
        Map<String, String> versions,
        List<String> failures,
        List<Run> medians,
        List<Run> rounds) {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    public Results {
        versions = new LinkedHashMap<>(versions);
        failures = List.copyOf(failures);
        medians = List.copyOf(medians);
        rounds = List.copyOf(rounds);
    }

    static Results of(
            String date,
            String command,
            Machine machine,
            Map<String, String> versions,
            List<String> failures,
            List<Run> rounds) {
        return new Results(date, command, machine, versions, failures, medians(rounds), rounds);
    }

    static Results read(Path file) throws IOException {
        return JSON.readValue(Files.readString(file), Results.class);
    }

    void write(Path file) throws IOException {
        Files.writeString(file, JSON.writeValueAsString(this) + "\n");
    }

    /** The medians of one part, in the order in which brokers are shown. */
    List<Run> medians(Run.Part part, int pairs) {
        return versions.keySet().stream()
                .flatMap(broker -> medians.stream().filter(run -> run.broker().equals(broker)))
                .filter(run -> run.part() == part && run.pairs() == pairs)
                .toList();
    }

    /** The counts of pairs that one part has measured, in rising order. */
    List<Integer> pairs(Run.Part part) {
        return medians.stream()
                .filter(run -> run.part() == part)
                .map(Run::pairs)
                .distinct()
                .sorted()
                .toList();
    }

    private static List<Run> medians(List<Run> rounds) {
        Map<List<Object>, List<Run>> alike = new LinkedHashMap<>();
        for (Run run : rounds) {
            alike.computeIfAbsent(List.of(run.part(), run.broker(), run.pairs()), key -> new ArrayList<>())
                    .add(run);
        }
        return alike.values().stream().map(Results::median).toList();
    }

    private static Run median(List<Run> runs) {
        Run first = runs.get(0);
        Map<String, Double> figures = new TreeMap<>();
        for (String name : first.figures().keySet()) {
            figures.put(
                    name,
                    median(runs.stream().mapToDouble(run -> run.figure(name)).toArray()));
        }
        return new Run(first.part(), first.broker(), first.pairs(), figures);
    }

    /** The middle one; of an even count, the mean of the two in the middle. */
    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
