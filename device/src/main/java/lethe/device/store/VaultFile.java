package lethe.device.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import lethe.core.identity.Opaque;

/**
 * The file {@code vault} of a phone that is encrypted: five lines. What it is, and its version; what is going on; how
 * the wrapping key is come by; the master key, sealed by that to the lines before; and a checksum of all, by which
 * damage is told from a wrong passphrase.
 */
record VaultFile(State state, Wrapping wrapping, Opaque sealedMaster) {
    private static final String VERSION = "lethe-vault-1";
    private static final int LINES = 5;
    private static final int CHECKSUM = 16;

    /** What is going on with the phone's other files. */
    enum State {
        /** Some are in clear still. */
        SEALING,
        SEALED,
        /** Some are in clear already; then this file goes. */
        OPENING
    }

    static Path in(Path phone) {
        return phone.resolve("vault");
    }

    /** Empty if the phone is in clear. */
    static Optional<VaultFile> read(Path phone) throws IOException {
        Path file = in(phone);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        try {
            VaultFile read = new VaultFile(
                    State.valueOf(lines.get(1)), Wrapping.fromLine(lines.get(2)), Opaque.fromText(lines.get(3)));
            if (lines.size() == LINES && Arrays.equals(read.bytes(), Files.readAllBytes(file))) {
                return Optional.of(read);
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
            // said below, for all of it
        }
        throw new FileDamaged(file, "is damaged: without it no file of this phone opens; restore it from a backup");
    }

    /** What the master key is sealed to. */
    static byte[] bound(State state, Wrapping wrapping) {
        return (VERSION + "\n" + state + "\n" + wrapping.toLine() + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    byte[] bytes() {
        byte[] bound = bound(state, wrapping);
        String lines = new String(bound, StandardCharsets.US_ASCII) + sealedMaster.toText() + "\n";
        return (lines + checksum(lines) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static String checksum(String lines) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(lines.getBytes(StandardCharsets.US_ASCII));
            return Opaque.wrap(Arrays.copyOf(hash, CHECKSUM)).toText();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
