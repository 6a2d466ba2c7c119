package lethe.loadtest.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTest {
    @TempDir
    private Path directory;

    @Test
    void listsFilesAtAllDepths() throws Exception {
        Path deep = Files.createDirectories(directory.resolve("data").resolve("table"));
        Path file = Files.writeString(deep.resolve("file"), "one");
        Path other = Files.writeString(directory.resolve("log"), "other");
        assertThat(Folder.files(directory)).containsExactlyInAnyOrder(file, other);
    }

    @Test
    void refusesAFolderThatIsNotThere() {
        assertThatThrownBy(() -> Folder.files(directory.resolve("absent"))).isInstanceOf(NoSuchFileException.class);
    }
}
