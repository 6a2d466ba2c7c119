package lethe.loadtest.bench;

import lethe.loadtest.process.InstallationPlan;

/**
 * How far a broker's limits are raised for a run: they are for one owner's phones, not for thousands behind one
 * address.
 *
 * @param connections at a time
 * @param waiting messages that wait for one phone, from one sender
 * @param payloadBytes of each
 * @param flooded whether what an address may ask stays as it is shipped
 */
record BenchLimits(int connections, int waiting, int payloadBytes, boolean flooded) {
    /** A hundred times {@code lethe.edge.connections.opt-ins-per-second} as it is shipped. */
    static final int FLOOD_PER_SECOND = 5_000;

    private static final String MANY = "1000000";
    private static final int SHIPPED_CONNECTIONS = 16_384;
    private static final int SHIPPED_MESSAGES = 1_000;
    private static final long SHIPPED_BYTES = 8L << 20;
    private static final int SPARE = 256;

    InstallationPlan applyTo(InstallationPlan plan) {
        String most = Integer.toString(Math.max(SHIPPED_CONNECTIONS, connections + SPARE));
        long queueBytes = Math.max(SHIPPED_BYTES, 2L * waiting * payloadBytes);
        return (flooded ? plan : askingOften(plan))
                .with("lethe.edge.connections.most", most)
                .with("lethe.edge.connections.most-per-address", most)
                .with("lethe.session.frames-per-second", MANY)
                .with("lethe.subscriber.sends-per-second", MANY)
                .with("lethe.subscriber.send-burst", MANY)
                .with("lethe.session.burst", MANY)
                .with("lethe.queue.messages", Integer.toString(Math.max(SHIPPED_MESSAGES, waiting)))
                .with("lethe.queue.bytes", queueBytes + " B")
                .with("lethe.queue.share-divisor", "1")
                .with("lethe.edge.socket.unread-bound", 2 * queueBytes + " B");
    }

    private static InstallationPlan askingOften(InstallationPlan plan) {
        return plan.with("lethe.edge.connections.requests-per-second", MANY)
                .with("lethe.edge.connections.request-burst", MANY)
                .with("lethe.edge.connections.opt-ins-per-second", MANY)
                .with("lethe.edge.connections.opt-in-burst", MANY);
    }
}
