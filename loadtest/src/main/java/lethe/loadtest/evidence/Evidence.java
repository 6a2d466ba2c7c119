package lethe.loadtest.evidence;

import java.nio.file.Path;
import java.util.List;

/**
 * What was taken from one place.
 *
 * @param place in a word, for figures
 * @param alignment of what may be a key there, in bytes; 0 where none would be that is not elsewhere too
 */
public record Evidence(String place, List<Path> files, int alignment) {
    /** Of records in files that lie one behind the other, and of Java's arrays where their headers are compact. */
    private static final int OF_KEYS = 4;

    public Evidence {
        files = List.copyOf(files);
    }

    /** Whether it is worth a search for keys. */
    public boolean mayHaveKeys() {
        return alignment > 0;
    }

    /** All blocks of a disk. */
    public static Evidence disk(String place, Path image) {
        return new Evidence(place, List.of(image), OF_KEYS);
    }

    /** All memory of a process. */
    public static Evidence memory(String place, Path dump) {
        return new Evidence(place, List.of(dump), OF_KEYS);
    }

    public static Evidence of(String place, List<Path> files) {
        return new Evidence(place, files, 0);
    }

    public static Evidence of(String place, Path... files) {
        return of(place, List.of(files));
    }
}
