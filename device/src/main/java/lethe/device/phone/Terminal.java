package lethe.device.phone;

import java.io.Console;
import java.util.Optional;

/** The terminal that the owner sits at, if there is one. */
final class Terminal {
    private Terminal() {}

    /** The terminal; empty if input or output is a pipe or a file. */
    @SuppressWarnings("SystemConsoleNull") // from JDK 22 on it is never null, and can be asked instead
    static Optional<Console> find() {
        Console console = System.console();
        return console != null && isTerminal(console) ? Optional.of(console) : Optional.empty();
    }

    private static boolean isTerminal(Console console) {
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true; // before JDK 22 there is a console only on a terminal
        }
    }
}
