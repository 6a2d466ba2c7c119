package lethe.loadtest.capture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import lethe.core.identity.Tag;
import lethe.loadtest.evidence.Evidence;
import lethe.loadtest.evidence.Finds;
import lethe.loadtest.evidence.Form;
import lethe.loadtest.evidence.Search;
import lethe.loadtest.evidence.Sought;

/** What is found in what was taken. */
final class Examination {
    private final List<Sought> sought;
    private final Search all;
    private final Consumer<String> progress;
    private final Map<Place, Finds> finds = new LinkedHashMap<>();

    Examination(List<Sought> sought, Consumer<String> progress) {
        this.sought = List.copyOf(sought);
        this.all = new Search(sought);
        this.progress = progress;
    }

    /** Looks for everything in all places. */
    void run(List<Place> places) throws IOException {
        for (Place place : places) {
            progress.accept("searching " + place.evidence().place());
            Finds found = all.in(place.evidence());
            found.traces().forEach(trace -> progress.accept("  " + trace));
            finds.put(place, found);
        }
    }

    /** How many different identifiers were found at a party, but those that a place may have. */
    int found(Party party) {
        List<Finds> forbidden = new ArrayList<>();
        for (Map.Entry<Place, Finds> place : finds.entrySet()) {
            if (place.getKey().party() == party) {
                forbidden.add(place.getValue().without(kinds(place.getKey())));
            }
        }
        return Finds.together(forbidden);
    }

    private static List<String> kinds(Place place) {
        return place.allowed().stream().map(IdentifierKind::word).toList();
    }

    /** What was found in a place, of one kind. */
    int found(String place, IdentifierKind kind) {
        return finds.entrySet().stream()
                .filter(one -> one.getKey().evidence().place().equals(place))
                .mapToInt(one -> one.getValue().count(kind.word()))
                .sum();
    }

    /** Whether a tag is in a place, which a party has to be told there. */
    boolean isThere(Tag tag, String place) throws IOException {
        Search one = new Search(List.of(new Sought(place, Form.of(tag.bytes()))));
        boolean there = false;
        for (Place taken : finds.keySet()) {
            there |= taken.evidence().place().equals(place)
                    && one.in(taken.evidence()).count() > 0;
        }
        return there;
    }

    /** How many identifiers are looked for. */
    int sought() {
        return sought.size();
    }

    /** For figures. */
    Map<String, Map<String, Integer>> places() {
        Map<String, Map<String, Integer>> places = new LinkedHashMap<>();
        finds.forEach((place, found) -> places.put(place.evidence().place(), found.byKind()));
        return places;
    }

    /** What the same search finds in a file that has every identifier in every form. */
    Finds planted(Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            for (Sought one : sought) {
                for (Form form : one.forms()) {
                    out.write(form.pattern().shared());
                    out.write("\n".getBytes(StandardCharsets.US_ASCII));
                }
            }
        }
        return all.in(Evidence.of("planted", file));
    }

    /** In how many kinds and forms identifiers are looked for. */
    int forms() {
        return (int) sought.stream()
                .flatMap(one -> one.forms().stream().map(form -> one.kind() + " as " + form.name()))
                .distinct()
                .count();
    }
}
