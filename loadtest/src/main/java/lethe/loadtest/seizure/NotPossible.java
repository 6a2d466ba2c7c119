package lethe.loadtest.seizure;

import java.io.IOException;
import java.io.Serial;

/** The drill needs something that this machine does not give: nothing was proved, and nothing was refuted. */
public final class NotPossible extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    /**
     * For the operator.
     *
     * @param missing what to do about it
     */
    NotPossible(String missing) {
        super(missing);
    }
}
