package lethe.loadtest.seizure;

import java.nio.file.Path;
import java.util.List;

/**
 * What was taken from one place.
 *
 * @param place in a word, for figures
 */
record Evidence(String place, List<Path> files) {
    Evidence {
        files = List.copyOf(files);
    }

    static Evidence of(String place, Path... files) {
        return new Evidence(place, List.of(files));
    }
}
