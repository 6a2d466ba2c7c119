package lethe.loadtest;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import lethe.loadtest.gatling.GatlingProgram;
import lethe.loadtest.gatling.GatlingRun;
import lethe.loadtest.process.Installation;
import lethe.loadtest.process.InstallationPlan;
import lethe.loadtest.process.Scratch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lethe loadtest}: a Gatling simulation against a broker. */
@Command(
        name = "loadtest",
        mixinStandardHelpOptions = true,
        description = "Runs a Gatling simulation: thousands of phones, and what must be true for all of them.",
        footer = {
            "",
            "What each claims, and what -D sets, is in docs/loadtest.md.",
            "Exit code: 0 if all claims hold, 2 if not, 1 if it could not be run."
        })
public final class LoadtestCommand implements Callable<Integer> {
    /** For the list of names in the help. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return GatlingProgram.simulations().iterator();
        }
    }

    /** How the line of figures begins. */
    private static final String FIGURES = "{\"simulation\":";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            completionCandidates = Names.class,
            description = "One of: ${COMPLETION-CANDIDATES}")
    private String name = "";

    @Option(names = "-D", paramLabel = "KEY=VALUE", description = "A parameter, for example -D pairs=500.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(
            names = "--address",
            paramLabel = "HOST:PORT",
            description = "A broker that runs already; its limits for one address must allow for all the phones."
                    + " Default: one is started, with a Cassandra, and ended.")
    private @Nullable String address;

    @Option(
            names = "--json",
            description = "Print the figures as one JSON object at the end; all else goes to standard error.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!GatlingProgram.simulations().contains(name)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "There is no simulation " + name + ", but " + String.join(", ", GatlingProgram.simulations()));
        }
        return address == null ? againstOwn() : run(address, true);
    }

    private int againstOwn() throws IOException, InterruptedException {
        Scratch scratch = Scratch.create("loadtest");
        PrintWriter err = spec.commandLine().getErr();
        err.println("starting Cassandra and a broker");
        err.flush();
        try (Installation installation = Installation.start(plan(scratch))) {
            installation.afterwards(scratch::erase);
            return run(installation.address().getAuthority(), false);
        } finally {
            scratch.erase();
        }
    }

    /** The limits for one address and one phone are for one owner's phones, not for thousands behind one address. */
    private static InstallationPlan plan(Scratch scratch) throws IOException {
        return InstallationPlan.in(scratch.directory())
                .with("lethe.edge.connections.requests-per-second", "100000")
                .with("lethe.edge.connections.request-burst", "100000")
                .with("lethe.edge.connections.most-per-address", "16384")
                .with("lethe.session.frames-per-second", "10000")
                .with("lethe.subscriber.sends-per-second", "10000")
                .with("lethe.subscriber.send-burst", "10000")
                .with("lethe.edge.connections.opt-ins-per-second", "10000")
                .with("lethe.edge.connections.opt-in-burst", "10000")
                .with("lethe.session.burst", "10000");
    }

    /**
     * Runs the simulation.
     *
     * @param optOut whether the phones shall leave nothing behind
     */
    private int run(String broker, boolean optOut) throws IOException, InterruptedException {
        Map<String, String> properties = new LinkedHashMap<>(parameters);
        properties.put("lethe.address", broker);
        properties.put("lethe.opt-out", Boolean.toString(optOut));
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter said = json ? spec.commandLine().getErr() : out;
        List<String> figures = new ArrayList<>(1);
        int code = GatlingRun.run(GatlingProgram.current().command(name, properties), line -> {
            if (json && line.startsWith(FIGURES)) {
                figures.add(line);
            } else {
                said.println(line);
                said.flush();
            }
        });
        figures.forEach(out::println);
        out.flush();
        return code;
    }
}
