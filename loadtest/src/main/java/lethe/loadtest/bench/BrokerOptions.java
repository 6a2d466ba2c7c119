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
final class BrokerOptions {
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

    InstallationPlan applyTo(InstallationPlan plan) {
        List<String> java = new ArrayList<>(plan.brokerJava());
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

    /** As a plan tells it. */
    String jdk() {
        return jdk == null ? "Java " + Runtime.version().feature() : String.valueOf(jdk.getFileName());
    }
}
