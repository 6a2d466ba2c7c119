package lethe.loadtest.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/** A broker under load: where it listens, and how one speaks to it. */
public interface Target extends AutoCloseable {
    /** As in tables: lower case, one word. */
    String name();

    /** Its version, for the table. */
    String version();

    /**
     * Where the connections of a pair go. Several addresses of one port are for more connections than one has ports.
     */
    InetSocketAddress address(int pair);

    /** The processes whose CPU, memory and disk writes count as the broker's. */
    List<ProcessHandle> processes();

    /** The processes of a store that the broker needs beside itself, counted apart; empty if it needs none. */
    default List<ProcessHandle> storeProcesses() {
        return List.of();
    }

    /**
     * Makes accounts and queues, if the broker needs any, before connections open.
     *
     * @param pairs 1:1, numbered from 0
     * @param payloadBytes of each message
     */
    void prepare(int pairs, int payloadBytes) throws IOException, InterruptedException;

    /** The sending half of a pair, for a new connection. */
    Dialect sender(int pair);

    /** The receiving half. */
    Dialect recipient(int pair);

    @Override
    void close();
}
