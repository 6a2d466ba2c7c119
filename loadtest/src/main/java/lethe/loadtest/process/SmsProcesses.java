package lethe.loadtest.process;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import lethe.client.sealing.GatewayKey;

/**
 * A gateway and the SMS centre behind it, each a process. The gateway can be killed and started again, on the same data
 * and the same port.
 */
public final class SmsProcesses implements AutoCloseable {
    private final Path directory;
    private final Path record;
    private final CentreProcess centre;
    private final List<String> settings;
    private GatewayProcess gateway;

    private SmsProcesses(
            Path directory, Path record, CentreProcess centre, List<String> settings, GatewayProcess gateway) {
        this.directory = directory;
        this.record = record;
        this.centre = centre;
        this.settings = settings;
        this.gateway = gateway;
    }

    /**
     * Starts both, and returns when both are ready.
     *
     * @param directory of keys, journal, logs and the centre's record
     * @param settings more lines of the gateway's configuration
     * @param behaviour more options of {@code lethe smsc}
     */
    public static SmsProcesses start(Path directory, List<String> settings, String... behaviour)
            throws IOException, InterruptedException {
        Path record = directory.resolve("centre.jsonl");
        CentreProcess centre = CentreProcess.start(directory, 0, options(record, behaviour));
        try {
            GatewayProcess gateway =
                    GatewayProcess.start(directory, RegistrarPort.inClear(0), null, centre.port(), settings);
            return new SmsProcesses(directory, record, centre, settings, gateway);
        } catch (IOException | InterruptedException | RuntimeException failed) {
            centre.close();
            throw failed;
        }
    }

    private static String[] options(Path record, String... behaviour) {
        String[] options = new String[behaviour.length + 3];
        options[0] = "--quiet";
        options[1] = "--record";
        options[2] = record.toString();
        System.arraycopy(behaviour, 0, options, 3, behaviour.length);
        return options;
    }

    /** Where brokers ask. The same after a restart. */
    public synchronized URI address() {
        return gateway.address();
    }

    /** What phones pin. The same after a restart. */
    public synchronized GatewayKey pinned() {
        return gateway.pinned();
    }

    /** What came to the centre, a line of JSON each, with numbers and texts in clear. */
    public Path record() {
        return record;
    }

    /** Ends the gateway as a crash would. */
    public synchronized void killGateway() throws InterruptedException {
        gateway.kill();
        gateway.close();
    }

    /** Starts the gateway again, and returns when it is ready. */
    public synchronized void startGateway() throws IOException, InterruptedException {
        RegistrarPort port = RegistrarPort.inClear(gateway.address().getPort());
        gateway = GatewayProcess.start(directory, port, null, centre.port(), settings);
    }

    @Override
    public synchronized void close() {
        gateway.close();
        centre.close();
    }
}
