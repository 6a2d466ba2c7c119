package lethe.loadtest.lethe;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import lethe.core.identity.Tag;
import lethe.loadtest.load.Dialect;
import lethe.loadtest.load.Payload;
import lethe.loadtest.load.Target;
import org.jspecify.annotations.Nullable;

/** A Lethe broker. */
public final class LetheTarget implements Target {
    /** What phones grant unless told otherwise. */
    private static final int CREDIT = 64;

    private final List<InetSocketAddress> addresses;
    private final List<ProcessHandle> broker;
    private final List<ProcessHandle> store;
    private @Nullable Phones phones;
    private @Nullable Payload payload;

    /**
     * One that runs already.
     *
     * @param addresses of the same broker; pairs take turns
     * @param broker its processes; empty if they are not known
     * @param store the processes of its Cassandra; empty if they are not known
     */
    public LetheTarget(List<InetSocketAddress> addresses, List<ProcessHandle> broker, List<ProcessHandle> store) {
        this.addresses = List.copyOf(addresses);
        this.broker = List.copyOf(broker);
        this.store = List.copyOf(store);
    }

    @Override
    public String name() {
        return "lethe";
    }

    @Override
    public String version() {
        String version = LetheTarget.class.getPackage().getImplementationVersion();
        return version == null ? "unreleased" : version;
    }

    @Override
    public InetSocketAddress address(int pair) {
        return addresses.get(pair % addresses.size());
    }

    @Override
    public List<ProcessHandle> processes() {
        return broker;
    }

    @Override
    public List<ProcessHandle> storeProcesses() {
        return store;
    }

    @Override
    public void prepare(int pairs, int payloadBytes) throws IOException, InterruptedException {
        payload = Payload.ofLength(payloadBytes);
        phones = Phones.optIn(address(0), 2 * pairs, CREDIT);
    }

    /** What the messages of this run carry. */
    public Payload payload() {
        return Objects.requireNonNull(payload, "not prepared");
    }

    private Phones phones() {
        return Objects.requireNonNull(phones, "not prepared");
    }

    @Override
    public Dialect sender(int pair) {
        Tag to = phones().get(2 * pair + 1).identity().tag();
        return new LetheSender(phones(), phones().get(2 * pair), to, payload());
    }

    @Override
    public Dialect recipient(int pair) {
        return new LetheRecipient(phones(), phones().get(2 * pair + 1));
    }

    @Override
    public void close() {
        // Others have started it, and end it.
    }
}
