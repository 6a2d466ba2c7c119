package lethe.device;

import java.io.Serial;

/**
 * The application, or its modem, threw where it was told something.
 *
 * <p>Names the class of what was thrown and where, but not its message, which may hold content.
 */
public final class ApplicationFailed extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    ApplicationFailed(String where, Throwable thrown) {
        super("the application threw " + thrown.getClass().getName() + " at " + where);
        setStackTrace(thrown.getStackTrace());
    }
}
