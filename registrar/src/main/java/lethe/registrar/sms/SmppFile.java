package lethe.registrar.sms;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import lethe.registrar.process.PrivateFile;

/**
 * The private file that says how a carrier's centre is reached: {@code host}, {@code port}, {@code system},
 * {@code password} and {@code source}, each on a line of its own with its value after an equals sign; and
 * {@code short-code}, if phones may prove their numbers by texts to it.
 */
public final class SmppFile {
    private static final Set<String> NEEDED = Set.of("host", "port", "system", "password", "source");
    private static final String SHORT_CODE = "short-code";

    private SmppFile() {}

    /**
     * Reads it.
     *
     * @throws IOException if there is none, others may read it, or it does not say all of that; it is not quoted
     */
    public static SmppSettings read(Path path) throws IOException {
        Map<String, String> values = new HashMap<>();
        for (String line : new PrivateFile(path).read().lines().toList()) {
            String[] sides = line.split("=", 2);
            if (sides.length == 2 && isName(sides[0].strip())) {
                values.put(sides[0].strip(), sides[1].strip());
            } else if (!line.isBlank() && !line.startsWith("#")) {
                throw unusable(path);
            }
        }
        if (!values.keySet().containsAll(NEEDED)
                || !values.getOrDefault(SHORT_CODE, "000").matches("[0-9]{3,15}")
                || !value(values, "port").matches("[1-9][0-9]{0,4}")
                || value(values, "host").isEmpty()
                || !value(values, "source").matches("\\+?[0-9]{1,20}|[A-Za-z0-9 ]{1,11}")
                || value(values, "system").length() > 15
                || value(values, "password").length() > 8) {
            throw unusable(path);
        }
        return SmppSettings.of(
                value(values, "host"),
                Integer.parseInt(value(values, "port")),
                value(values, "system"),
                value(values, "password"),
                value(values, "source"),
                values.get(SHORT_CODE));
    }

    private static boolean isName(String name) {
        return NEEDED.contains(name) || name.equals(SHORT_CODE);
    }

    private static String value(Map<String, String> values, String name) {
        return values.getOrDefault(name, "");
    }

    private static IOException unusable(Path path) {
        return new IOException("the file " + path + " does not say host, port, system (up to 15 characters), password"
                + " (up to 8) and source, each once, and no more than short-code (digits) beside");
    }
}
