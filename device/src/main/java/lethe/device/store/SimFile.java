package lethe.device.store;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import lethe.core.identity.Opaque;
import lethe.device.sim.SimMark;

/** The file {@code sim} of a phone: by which it knows its SIM again. */
final class SimFile {
    private static final String NAME = "sim";

    private SimFile() {}

    static Optional<SimMark> read(PhoneFiles files) throws IOException {
        Optional<String> text = files.readText(NAME);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        List<String> lines = text.get().lines().toList();
        try {
            return Optional.of(new SimMark(Opaque.fromText(lines.get(0)), Opaque.fromText(lines.get(1))));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("the file " + files.path(NAME) + " is no mark of a SIM; delete it and opt in anew");
        }
    }

    static void write(PhoneFiles files, SimMark mark) throws IOException {
        String lines = mark.secret().toText() + "\n" + mark.mark().toText() + "\n";
        files.replaceText(NAME, lines);
    }
}
