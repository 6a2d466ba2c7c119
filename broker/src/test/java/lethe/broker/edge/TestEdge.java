package lethe.broker.edge;

import akka.actor.typed.ActorSystem;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import lethe.broker.TestNode;
import lethe.broker.edge.connection.Listener;
import lethe.core.consent.Policy;
import lethe.core.identity.Opaque;
import lethe.persistence.local.SharedCassandra;

/** A whole edge on loopback, before a real node on a real Cassandra. */
public final class TestEdge implements AutoCloseable {
    public static final Policy POLICY = TestNode.defaultPolicy();
    private static final SecureRandom RANDOM = new SecureRandom();

    /** What the edges that are started next have in common. */
    static String common = "";

    /** What has carried the edges that were started. */
    static final Set<Class<? extends Listener>> LISTENERS = ConcurrentHashMap.newKeySet();

    private final String keyspace;
    private final Path data;
    private final Map<String, String> settings;
    private final TestNode node;
    private final HttpEdge edge;

    private TestEdge(String keyspace, Path data, Map<String, String> settings, TestNode node, HttpEdge edge) {
        this.keyspace = keyspace;
        this.data = data;
        this.settings = settings;
        this.node = node;
        this.edge = edge;
    }

    public static TestEdge start() throws Exception {
        return start("");
    }

    /**
     * Starts node and edge.
     *
     * @param changes to {@code lethe}, as HOCON
     */
    public static TestEdge start(String changes) throws Exception {
        Map<String, String> settings = new HashMap<>();
        ConfigFactory.parseString("lethe {\n edge.port = 0\n" + common + "\n" + changes + "\n}")
                .entrySet()
                .forEach(entry -> settings.put(
                        entry.getKey(), String.valueOf(entry.getValue().unwrapped())));
        return start(SharedCassandra.freshKeyspace("edge"), freshDirectory(), settings);
    }

    /** The same installation with another setting, after a restart. */
    public TestEdge restart(String key, String value) throws Exception {
        close();
        Map<String, String> changed = new HashMap<>(settings);
        changed.put(key, value);
        return start(keyspace, data, changed);
    }

    /** A second edge of the same installation. Its node knows nothing of the first one's. */
    public TestEdge another() throws Exception {
        return start(keyspace, data, settings);
    }

    /** Of its node. */
    public ActorSystem<?> system() {
        return node.system();
    }

    private static TestEdge start(String keyspace, Path data, Map<String, String> settings) throws Exception {
        TestNode node = TestNode.start(keyspace, data, settings);
        EdgeSettings edge = EdgeSettings.from(
                TestNode.configuration(keyspace, data, settings).getConfig("lethe"));
        HttpEdge started = HttpEdge.start(node.system(), edge, node.behind())
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        LISTENERS.add(started.listener().getClass());
        return new TestEdge(keyspace, data, settings, node, started);
    }

    private static Path freshDirectory() {
        try {
            Path directory = Files.createTempDirectory("lethe-edge-");
            directory.toFile().deleteOnExit();
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The node behind the edge. */
    TestNode node() {
        return node;
    }

    public InetSocketAddress address() {
        return edge.address();
    }

    /** Where its node keeps what it keeps itself. */
    public Path data() {
        return data;
    }

    public int connections() {
        return edge.connections();
    }

    public String base() {
        return "http://" + address().getAddress().getHostAddress() + ":"
                + address().getPort();
    }

    @Override
    public void close() {
        edge.cut();
        node.close();
    }

    static Opaque random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return Opaque.wrap(bytes);
    }
}
