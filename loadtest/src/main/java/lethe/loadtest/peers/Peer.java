package lethe.loadtest.peers;

import java.net.InetSocketAddress;
import java.util.List;
import lethe.loadtest.load.Dialect;
import lethe.loadtest.load.Target;

/** A broker that needs nothing prepared, and its dialect. */
final class Peer implements Target {
    private final String name;
    private final String version;
    private final InetSocketAddress address;
    private final PeerProcesses processes;
    private final List<ProcessHandle> counted;
    private final Speech speech;
    private Contents contents = new Contents(Long.BYTES);

    /** How a connection to the broker is spoken on. */
    @FunctionalInterface
    interface Speech {
        Dialect dialect(int pair, Half half, Contents contents);
    }

    Peer(String name, String version, InetSocketAddress address, PeerProcesses processes, Speech speech) {
        this.name = name;
        this.version = version;
        this.address = address;
        this.processes = processes;
        this.counted = processes.counted();
        this.speech = speech;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public InetSocketAddress address(int pair) {
        return address;
    }

    /** The same ones each time but for those that have ended: a broker starts a program now and then. */
    @Override
    public List<ProcessHandle> processes() {
        return counted.stream().filter(ProcessHandle::isAlive).toList();
    }

    @Override
    public void prepare(int pairs, int payloadBytes) {
        contents = new Contents(payloadBytes);
    }

    @Override
    public Dialect sender(int pair) {
        return speech.dialect(pair, Half.sender(pair), contents);
    }

    @Override
    public Dialect recipient(int pair) {
        return speech.dialect(pair, Half.recipient(pair), contents);
    }

    @Override
    public void close() {
        processes.close();
    }
}
