package lethe.broker.telemetry;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a text of Prometheus says, to be asked for single numbers. */
public final class Exposition {
    public static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    private final List<String> lines;

    public Exposition(String text) {
        this.lines = text.lines().toList();
    }

    /** The number of a series, as it is written, or null. */
    public @Nullable String value(String series) {
        return lines.stream()
                .filter(line -> line.startsWith(series + " "))
                .map(line -> line.substring(series.length() + 1))
                .findFirst()
                .orElse(null);
    }

    /** What each family is said to be. */
    public Map<String, String> descriptions() {
        Map<String, String> all = new TreeMap<>();
        for (String line : lines) {
            if (line.startsWith("# TYPE ")) {
                all.putIfAbsent(line.split(" ", -1)[2], "");
            } else if (line.startsWith("# HELP ")) {
                String[] words = line.split(" ", 4);
                all.put(words[2], words[3].strip());
            }
        }
        return all;
    }

    /** Names of all labels that there are. */
    public Set<String> labels() {
        return found(1);
    }

    /** What stands in labels. */
    public Set<String> labelValues() {
        return found(2);
    }

    private Set<String> found(int group) {
        Set<String> all = new TreeSet<>();
        for (String line : lines) {
            if (!line.startsWith("#")) {
                LABEL.matcher(line)
                        .results()
                        .map((MatchResult hit) -> Objects.requireNonNull(hit.group(group)))
                        .forEach(all::add);
            }
        }
        return all;
    }
}
