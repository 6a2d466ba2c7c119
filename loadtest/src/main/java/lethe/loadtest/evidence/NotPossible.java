package lethe.loadtest.evidence;

import java.io.IOException;
import java.io.Serial;

/** The drill needs something that this machine does not give: nothing was proved, and nothing was refuted. */
public final class NotPossible extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    private final boolean installable;

    private NotPossible(String missing, boolean installable) {
        super(missing);
        this.installable = installable;
    }

    /** What the system itself does not allow. */
    public static NotPossible here(String missing) {
        return new NotPossible(missing, false);
    }

    /** A tool that is not installed. */
    public static NotPossible without(String tool) {
        return new NotPossible("there is no " + tool + ": run ci/packages.sh " + tool + " as root", true);
    }

    /** Whether installing something mends it. */
    public boolean isInstallable() {
        return installable;
    }
}
