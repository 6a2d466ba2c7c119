package lethe.loadtest.evidence;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.file.Path;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * A Java process that lets the JDK's tools attach.
 *
 * @param javaHome with a jcmd
 */
public record JavaProcess(long pid, Path javaHome) {
    private static final String STORAGE_SERVICE = "org.apache.cassandra.db:type=StorageService";

    public static JavaProcess of(long pid) {
        return new JavaProcess(pid, Path.of(System.getProperty("java.home")));
    }

    /** Every object of its heap, also those that nobody refers to and that no collection has found yet. */
    public void dumpAll(Path file) throws IOException, InterruptedException {
        jcmd("GC.heap_dump", "-all", file.toString());
    }

    /** What a full collection leaves. */
    public void dumpLive(Path file) throws IOException, InterruptedException {
        jcmd("GC.heap_dump", file.toString());
    }

    public Path jcmd() {
        return javaHome.resolve("bin").resolve("jcmd");
    }

    private void jcmd(String... words) throws IOException, InterruptedException {
        String[] all = new String[words.length + 2];
        all[0] = jcmd().toString();
        all[1] = Long.toString(pid);
        System.arraycopy(words, 0, all, 2, words.length);
        Tool.run(all);
    }

    /** Has a Cassandra write all that it has in memory into its tables' files, as it does now and then by itself. */
    @SuppressWarnings("BanJNDI") // The address is that of our own child, by its own word, and nobody else's.
    public void flushTables() throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            String address;
            try {
                address = machine.startLocalManagementAgent();
            } finally {
                machine.detach();
            }
            try (var connector = JMXConnectorFactory.connect(new JMXServiceURL(address))) {
                flush(connector.getMBeanServerConnection());
            }
        } catch (AttachNotSupportedException | JMException refused) {
            throw new IOException("Cassandra could not be told to flush its tables", refused);
        }
    }

    private static void flush(MBeanServerConnection connection) throws IOException, JMException {
        ObjectName service = new ObjectName(STORAGE_SERVICE);
        for (Object keyspace : (Iterable<?>) connection.getAttribute(service, "Keyspaces")) {
            connection.invoke(service, "forceKeyspaceFlush", new Object[] {keyspace, new String[0]}, new String[] {
                String.class.getName(), String[].class.getName()
            });
        }
    }
}
