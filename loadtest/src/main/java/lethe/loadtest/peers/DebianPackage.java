package lethe.loadtest.peers;

import com.google.errorprone.annotations.Immutable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A broker as Debian ships it.
 *
 * @param name of the package
 * @param program a file of it, without which the broker cannot be started
 */
@Immutable
public record DebianPackage(String name, String program) {
    public boolean isInstalled() {
        return Files.isExecutable(Path.of(program));
    }

    /** Its version without epoch and revision, as 2.0.11; "unknown" where Debian's tools are missing. */
    public String version() {
        try {
            Process query = new ProcessBuilder("dpkg-query", "--show", "--showformat=${source:Upstream-Version}", name)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String version = new String(query.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return version.isEmpty() ? "unknown" : version;
        } catch (IOException notDebian) {
            return "unknown";
        }
    }
}
