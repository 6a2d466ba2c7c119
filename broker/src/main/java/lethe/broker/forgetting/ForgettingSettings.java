package lethe.broker.forgetting;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import lethe.persistence.seal.Epochs;
import lethe.persistence.seal.FileEscrow;
import lethe.persistence.seal.InstallationKey;
import lethe.persistence.seal.KeyEscrow;

/**
 * How a broker forgets: {@code lethe.forgetting}.
 *
 * @param sealing whether anything is sealed at all
 * @param epoch how long a key is used; at least a second
 * @param scrub whether free memory is overwritten each time that a key was destroyed
 * @param escrow {@code none} or {@code file}
 * @param escrowFile for {@code file}
 */
public record ForgettingSettings(boolean sealing, Duration epoch, boolean scrub, String escrow, Path escrowFile) {
    private static final String NONE = "none";
    private static final String FILE = "file";
    private static final int RESTS_IN_AN_EPOCH = 100;
    private static final Duration LONGEST_REST = Duration.ofSeconds(1);

    public ForgettingSettings {
        if (!escrow.equals(NONE) && !escrow.equals(FILE)) {
            throw new IllegalArgumentException("lethe.forgetting.escrow is neither none nor file: " + escrow);
        }
        if (epoch.toSeconds() < 1) {
            throw new IllegalArgumentException("lethe.forgetting.epoch is below a second");
        }
    }

    /** Reads them. */
    public static ForgettingSettings from(Config forgetting) {
        return new ForgettingSettings(
                forgetting.getBoolean("sealing"),
                forgetting.getDuration("epoch"),
                forgetting.getBoolean("scrub-memory"),
                forgetting.getString("escrow"),
                Path.of(forgetting.getString("escrow-file")));
    }

    /** What is to be done when keys were destroyed. Blocks. */
    public Runnable afterwards() {
        return scrub ? new HeapScrub(restOf(epoch))::run : () -> {};
    }

    private static Duration restOf(Duration epoch) {
        Duration part = epoch.dividedBy(RESTS_IN_AN_EPOCH);
        return part.compareTo(LONGEST_REST) < 0 ? part : LONGEST_REST;
    }

    /**
     * The escrow that is set.
     *
     * @throws IOException if its file cannot be opened, or belongs to other epochs or another installation
     */
    public KeyEscrow openEscrow(InstallationKey installation) throws IOException {
        return escrow.equals(FILE) ? FileEscrow.open(escrowFile, new Epochs(epoch), installation) : KeyEscrow.none();
    }
}
