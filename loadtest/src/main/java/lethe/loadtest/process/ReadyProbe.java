package lethe.loadtest.process;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/** What a broker says at its operators' port of whether phones should be sent to it. */
public final class ReadyProbe {
    private static final int PATIENCE_MILLIS = 5_000;
    private static final long PAUSE_MILLIS = 50;

    private ReadyProbe() {}

    /**
     * Asks until the answer is the one that is waited for.
     *
     * @param admin the operators' port
     * @return false if it was not within the bound
     */
    public static boolean awaits(URI admin, boolean ready, Duration bound) throws InterruptedException {
        long deadline = System.nanoTime() + bound.toNanos();
        while (isReady(admin) != ready) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        return true;
    }

    /** A broker that does not answer is not ready. */
    private static boolean isReady(URI admin) {
        try {
            var connection =
                    (HttpURLConnection) admin.resolve("/readyz").toURL().openConnection();
            connection.setConnectTimeout(PATIENCE_MILLIS);
            connection.setReadTimeout(PATIENCE_MILLIS);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException unreachable) {
            return false;
        }
    }
}
