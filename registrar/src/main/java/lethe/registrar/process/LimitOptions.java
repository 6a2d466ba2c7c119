package lethe.registrar.process;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The option that changes bounds. */
public final class LimitOptions {
    @Option(
            names = "--limit",
            paramLabel = "NAME=NUMBER",
            description =
                    "Change a bound; may be repeated. docs/tags.md, docs/registration.md and docs/sms.md list them.")
    private Map<String, Long> changed = Map.of();

    /**
     * The bounds as they are wanted.
     *
     * @throws IOException if there is no such bound, or it may not be changed to that; it lists what there is
     */
    public NamedLimits read(List<NamedLimit> all) throws IOException {
        return NamedLimits.of(all, changed)
                .orElseThrow(() -> new IOException("--limit takes "
                        + all.stream()
                                .map(limit -> limit.name() + "=" + limit.least() + ".." + limit.most())
                                .collect(Collectors.joining(", "))));
    }
}
