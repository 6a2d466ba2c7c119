package lethe.loadtest.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ChildrenTest {
    private static final Duration GRACE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    @Test
    void endInTheOrderOfTheirFirstStarts() throws Exception {
        try (var children = new Children(Program.current(), directory)) {
            var store = start(children, "store");
            start(children, "user");
            store.kill();
            start(children, "store");
        }
        assertThat(Files.readAllLines(directory.resolve("order"))).containsExactly("user", "store");
    }

    private Child start(Children children, String name) throws Exception {
        return children.start(
                name,
                GRACE,
                List.of("/bin/sh", "-c", "read _; echo " + name + " >>\"$1\"", "sh", directory + "/order"));
    }
}
