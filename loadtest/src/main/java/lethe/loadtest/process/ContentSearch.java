package lethe.loadtest.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks for bytes in every file below a directory, as someone would who got hold of the disk.
 *
 * <p>Compression does not hide what is looked for: a word that no file has held before is stored as it is.
 */
public final class ContentSearch {
    private static final int CHUNK = 1 << 16;

    private ContentSearch() {}

    /** The files in which the bytes are. Files that go away meanwhile are not. */
    public static List<Path> find(Path directory, byte[] wanted) throws IOException {
        List<Path> found = new ArrayList<>();
        try (var below = Files.walk(directory)) {
            for (Path file : below.filter(Files::isRegularFile).toList()) {
                if (holds(file, wanted)) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    private static boolean holds(Path file, byte[] wanted) throws IOException {
        byte[] window = new byte[CHUNK + wanted.length];
        int kept = 0;
        try (InputStream content = Files.newInputStream(file)) {
            for (int read = content.readNBytes(window, 0, CHUNK);
                    read > 0;
                    read = content.readNBytes(window, kept, CHUNK)) {
                int filled = kept + read;
                if (indexOf(window, filled, wanted) >= 0) {
                    return true;
                }
                kept = Math.min(filled, wanted.length - 1);
                System.arraycopy(window, filled - kept, window, 0, kept);
            }
        } catch (NoSuchFileException gone) {
            return false;
        }
        return false;
    }

    private static int indexOf(byte[] window, int filled, byte[] wanted) {
        for (int at = 0; at <= filled - wanted.length; at++) {
            int same = 0;
            while (same < wanted.length && window[at + same] == wanted[same]) {
                same++;
            }
            if (same == wanted.length) {
                return at;
            }
        }
        return -1;
    }
}
