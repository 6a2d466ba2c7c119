package lethe.loadtest.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lethe.loadtest.process.InstallationPlan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** With what Java, options and settings the measured broker starts. */
public final class BrokerOptions {
    private static final List<String> RETURNS_MEMORY = List.of(
            "-Xms64m", "-XX:+UseAdaptiveSizePolicy", "-Xmn32m", "-XX:MinHeapFreeRatio=5", "-XX:MaxHeapFreeRatio=10");

    @Option(
            names = "--jdk",
            paramLabel = "HOME",
            description = "The Java to start the broker with. Default: the one that runs this.")
    private @Nullable Path jdk;

    @Option(
            names = "--java-opts",
            paramLabel = "OPTIONS",
            description = "More options for the broker's Java process, separated by blanks.")
    private String javaOptions = "";

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting of the broker, as its -D takes it. May be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    /**
     * The plan of a broker with these options.
     *
     * @param returnsMemory whether a heap shall shrink to what lives, so that the process' memory tells of it
     */
    public InstallationPlan applyTo(InstallationPlan plan, boolean returnsMemory) {
        List<String> java = new ArrayList<>(plan.brokerJava());
        if (returnsMemory) {
            java.addAll(RETURNS_MEMORY);
        }
        if (!javaOptions.isBlank()) {
            java.addAll(List.of(javaOptions.trim().split("\\s+", -1)));
        }
        InstallationPlan with = plan.withBrokerJava(java.toArray(String[]::new));
        if (jdk != null) {
            with = with.withBrokerJdk(jdk);
        }
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            with = with.with(setting.getKey(), setting.getValue());
        }
        return with;
    }

    /** With what the broker runs, or this program. */
    Path javaHome() {
        return jdk == null ? Path.of(System.getProperty("java.home")) : jdk;
    }

    /** As a report tells it. */
    String jdk() {
        return jdk == null ? "Java " + Runtime.version().feature() : String.valueOf(jdk.getFileName());
    }
}
