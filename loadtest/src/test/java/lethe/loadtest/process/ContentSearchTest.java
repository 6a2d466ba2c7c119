package lethe.loadtest.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentSearchTest {
    private static final byte[] MARKER = "marker-0123456789".getBytes(StandardCharsets.UTF_8);
    private static final int CHUNK = 1 << 16;

    @TempDir
    Path directory;

    @Test
    void findsBytesWhereverTheyAre() throws Exception {
        for (int before : new int[] {0, 1, CHUNK - 5, CHUNK, CHUNK + 3, 3 * CHUNK - 1}) {
            var file = write("at-" + before, before, MARKER);
            assertThat(ContentSearch.find(directory, MARKER))
                    .as("at %d", before)
                    .containsExactly(file);
            Files.delete(file);
        }
    }

    @Test
    void findsThemBelow() throws Exception {
        Files.createDirectories(directory.resolve("data/commitlog"));
        var file = write("data/commitlog/segment", 100, MARKER);
        assertThat(ContentSearch.find(directory, MARKER)).containsExactly(file);
    }

    @Test
    void findsNothingInWhatOnlyLooksAlike() throws Exception {
        write("alike", CHUNK - 3, "marker-012345678X marker-".getBytes(StandardCharsets.UTF_8));
        assertThat(ContentSearch.find(directory, MARKER)).isEmpty();
    }

    private Path write(String name, int before, byte[] content) throws Exception {
        var file = directory.resolve(name);
        try (var out = Files.newOutputStream(file)) {
            out.write(new byte[before]);
            out.write(content);
            out.write(new byte[40]);
        }
        return file;
    }
}
