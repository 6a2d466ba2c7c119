package lethe.persistence.local;

import picocli.CommandLine;

/** Runs the command in a JVM of its own. */
public final class CassandraMain {

    private CassandraMain() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new CassandraCommand()).execute(arguments));
    }
}
