package lethe.persistence.seal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import lethe.core.identity.Opaque;

/** Sealing as in a broker, for tests. */
public final class TestSealing {
    /** For tests that are about something else: all nodes have the same keys, for ever. */
    public static final RowSealer SHARED = new Sealing(keys(Duration.ofMinutes(5), Clock.systemUTC()), installation());

    private TestSealing() {}

    /** Keys of a test's own. */
    public static EpochKeys keys(Duration epoch, Clock clock) {
        try {
            EpochKeys keys = EpochKeys.open(new Epochs(epoch), KeyEscrow.none(), clock);
            keys.prepare();
            return keys;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The same in all tests. */
    public static InstallationKey installation() {
        byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) 5);
        return InstallationKey.of(Opaque.wrap(secret));
    }
}
