package lethe.device.store;

import java.nio.file.Path;

/** A ledger's file is damaged in the middle: not what a crash leaves, so nothing is guessed and nothing deleted. */
public final class LedgerDamaged extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LedgerDamaged(Path file, long offset) {
        super("the file " + file + " is damaged at byte " + offset
                + "; restore it from a backup, or move it away and lose what it holds");
    }
}
