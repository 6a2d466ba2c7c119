package lethe.persistence.local;

import com.datastax.oss.driver.api.core.cql.Row;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code lethe cassandra payloads}: what subscribers' rows carry, byte for byte as Cassandra has it.
 *
 * <p>For the seizure drill, which looks for the same bytes on the disk.
 */
@Command(
        name = "payloads",
        mixinStandardHelpOptions = true,
        description = "Prints the payload of each row of subscribers as it is stored, one a line:"
                + " the code of the row's kind, and Base64.")
public final class PayloadsCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private NodeOptions node = new NodeOptions();

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("not run by picocli");
        }
        CommandLine command = spec.commandLine();
        try (var session = node.connect(command)) {
            for (var row : session.execute("SELECT kind, payload FROM " + node.keyspace() + ".subscriber")) {
                command.getOut().println(line(row));
            }
        }
        command.getOut().flush();
        return 0;
    }

    private static String line(Row row) {
        ByteBuffer payload = row.getByteBuffer("payload");
        byte[] bytes = new byte[payload == null ? 0 : payload.remaining()];
        if (payload != null) {
            payload.get(bytes);
        }
        return row.getByte("kind") + " " + Base64.getEncoder().encodeToString(bytes);
    }
}
