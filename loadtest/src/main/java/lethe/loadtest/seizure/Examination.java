package lethe.loadtest.seizure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import lethe.loadtest.evidence.Evidence;
import lethe.loadtest.evidence.Finds;
import lethe.loadtest.evidence.PatternSearch;
import lethe.loadtest.evidence.Search;

/** What is found in what was taken. */
final class Examination {
    private final Taken taken;
    private final Consumer<String> progress;
    private final Search markers;
    private final KeySearch keys;
    private final Map<String, Found> places = new LinkedHashMap<>();
    private final BitSet opened = new BitSet();

    Examination(Taken taken, Consumer<String> progress) {
        this.taken = taken;
        this.progress = progress;
        this.markers = new Search(taken.sought());
        this.keys = new KeySearch(taken.waiting(), taken.ids());
    }

    /** Looks everywhere for markers, and for keys of what was stored where keys can be. */
    void run() throws IOException {
        // Keys are there while messages wait: only markers are looked for on that disk.
        look(taken.diskBefore(), false, new BitSet());
        for (Evidence evidence : taken.after()) {
            BitSet here = keys.opened(evidence);
            opened.or(here);
            look(evidence, evidence.mayHaveKeys(), here);
        }
    }

    private void look(Evidence evidence, boolean keysSought, BitSet openedHere) throws IOException {
        progress.accept("searching " + evidence.place());
        Finds finds = markers.in(evidence);
        finds.traces().forEach(trace -> progress.accept("  " + trace));
        places.put(evidence.place(), new Found(finds, keysSought, openedHere.cardinality()));
    }

    /** Of how many messages that waited the disk had then exactly what Cassandra had. */
    int waitingOnDisk() throws IOException {
        BitSet found = new BitSet();
        PatternSearch search = new PatternSearch(taken.waiting().envelopes());
        try (InputStream stream =
                Files.newInputStream(taken.diskBefore().files().get(0))) {
            search.search(stream, (pattern, offset) -> found.set(pattern));
        }
        return found.cardinality();
    }

    /** How many messages that waited could be read then, by the place in which the same search finds their keys. */
    Map<String, Integer> waitingOpened() throws IOException {
        Map<String, Integer> then = new LinkedHashMap<>();
        for (Evidence evidence : taken.before()) {
            progress.accept("searching " + evidence.place() + " for keys");
            then.put(evidence.place(), keys.opened(evidence).cardinality());
        }
        return then;
    }

    /** How many different markers were found in all places together. */
    int found() {
        return Finds.together(places.values().stream().map(Found::markers).toList());
    }

    /** How many messages can be read with keys that were found when they were to be forgotten. */
    int opened() {
        return opened.cardinality();
    }

    /** What was found, by place, in the order of the search. */
    Map<String, Found> places() {
        return places;
    }
}
