package lethe.persistence.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration of a local Cassandra keeps no copies. */
class CassandraFilesTest {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void keepsNoCopiesOfWhatIsDeleted() throws IOException {
        assertThat(configuration())
                .containsEntry("auto_snapshot", "false")
                .containsEntry("incremental_backups", "false")
                .containsEntry("snapshot_before_compaction", "false")
                .containsEntry("cdc_enabled", "false")
                .containsEntry("hinted_handoff_enabled", "false")
                .containsEntry("commitlog_total_space", "64MiB")
                .containsEntry("commitlog_segment_size", "8MiB");
    }

    @Test
    void writesNoCacheAndNoStatementAndNoHeap() throws IOException {
        assertThat(configuration())
                .containsEntry("key_cache_save_period", "0s")
                .containsEntry("row_cache_size", "0MiB")
                .containsEntry("row_cache_save_period", "0s")
                .containsEntry("counter_cache_save_period", "0s")
                .containsEntry("slow_query_log_timeout", "0ms")
                .containsEntry("dump_heap_on_uncaught_exception", "false")
                .doesNotContainKey("full_query_logging_options");
    }

    @Test
    void dumpsNothingWhenItsJavaFails() throws IOException {
        var files = new CassandraFiles(directory);
        assertThat(CassandraCommandLine.of(settings(), files, Path.of("java"), Path.of("jars")))
                .contains(
                        "-XX:-HeapDumpOnOutOfMemoryError",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-XX:-CreateCoredumpOnCrash",
                        "-XX:ErrorFile=" + directory.resolve("crash.log"))
                .anyMatch(script -> script.contains("ulimit -c 0"));
    }

    private Map<String, String> configuration() throws IOException {
        var files = new CassandraFiles(directory);
        files.write(settings());
        var lines = new HashMap<String, String>();
        for (var line : Files.readAllLines(files.configuration())) {
            var parts = line.split(": ", 2);
            lines.put(parts[0], parts[parts.length - 1]);
        }
        return lines;
    }

    private LocalCassandraSettings settings() throws IOException {
        return LocalCassandraSettings.in(directory, Endpoint.free());
    }
}
