package lethe.loadtest.peers.relay;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lethe bench relay}: the floor of the comparison, as a process of its own. Started by it, not by people. */
@Command(
        name = "relay",
        hidden = true,
        mixinStandardHelpOptions = true,
        description = "Relays frames between connections, and does nothing else.")
public final class RelayCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--address",
            paramLabel = "IP",
            defaultValue = "127.0.0.1",
            description = "Where it listens. Default: ${DEFAULT-VALUE}")
    private InetAddress address = InetAddress.getLoopbackAddress();

    @Option(names = "--exit-with-parent", description = "Stop when standard input ends.")
    private boolean exitWithParent;

    @Override
    public Integer call() throws IOException {
        try (Relay relay = new Relay(new InetSocketAddress(address, 0))) {
            if (exitWithParent) {
                stopWithParent(relay);
            }
            PrintWriter out = spec.commandLine().getOut();
            out.println("relay ready " + address.getHostAddress() + ":"
                    + relay.address().getPort());
            out.flush();
            relay.run();
        }
        return 0;
    }

    private static void stopWithParent(Relay relay) {
        Thread reader = new Thread(
                () -> {
                    try (relay) {
                        System.in.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException ended) {
                        // Unreadable means the same: nobody is there.
                    }
                },
                "watch-standard-input");
        reader.setDaemon(true);
        reader.start();
    }
}
