package lethe.device.registration;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import lethe.client.permit.HeldPermit;
import lethe.core.identity.Opaque;
import lethe.device.store.PhoneFiles;
import lethe.device.store.Slot;

/** The file {@code permit} of a phone: what taggers are shown, with its key. It is there once a number was proven. */
public final class PermitFile {
    private static final String NAME = "permit";

    private PermitFile() {}

    /** Puts a permit in the place of the one before; durable on return. */
    public static void write(PhoneFiles files, HeldPermit permit) {
        files.file(NAME).write(Opaque.wrap(permit.toLines().getBytes(StandardCharsets.US_ASCII)));
    }

    /**
     * The phone's permit; empty if it has none.
     *
     * @throws IOException if the file holds something else; it is not quoted
     */
    public static Optional<HeldPermit> read(PhoneFiles files) throws IOException {
        Slot file = files.file(NAME);
        Optional<String> lines = file.read().map(content -> new String(content.shared(), StandardCharsets.US_ASCII));
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        Optional<HeldPermit> permit = HeldPermit.fromLines(lines.get());
        if (permit.isEmpty()) {
            throw new IOException("the file " + file + " is no permit; delete it and register anew");
        }
        return permit;
    }
}
