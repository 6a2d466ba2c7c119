package lethe.broker.edge.connection;

import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import java.util.function.LongSupplier;

/**
 * Where one connection stands, and until when it may stand there.
 *
 * <pre>
 * HEADER ──request──▶ REQUEST ──answer──▶ IDLE ──first byte──▶ HEADER
 *                        └──────101──────▶ UPGRADED, for good
 * </pre>
 *
 * The bytes of the connection and its requests pass through the same fused stream, so this is used by one thread.
 */
final class ConnectionPhase {
    private enum Phase {
        HEADER,
        REQUEST,
        IDLE,
        UPGRADED
    }

    private final ConnectionSettings settings;
    private final LongSupplier nanoTime;
    private Phase phase = Phase.HEADER;
    private long deadline;

    ConnectionPhase(ConnectionSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.deadline = nanoTime.getAsLong() + settings.headerWithin().toNanos();
    }

    /** Bytes came in. They do not move the deadline of headers: that is the point. */
    void bytesArrived() {
        if (phase == Phase.IDLE) {
            enter(Phase.HEADER, settings.headerWithin().toNanos());
        }
    }

    HttpRequest requested(HttpRequest request) {
        enter(Phase.REQUEST, settings.requestWithin().toNanos());
        return request;
    }

    HttpResponse answered(HttpResponse response) {
        boolean upgraded = response.status().equals(StatusCodes.SWITCHING_PROTOCOLS);
        enter(upgraded ? Phase.UPGRADED : Phase.IDLE, settings.idleWithin().toNanos());
        return response;
    }

    boolean isUpgraded() {
        return phase == Phase.UPGRADED;
    }

    boolean isOverdue() {
        return phase != Phase.UPGRADED && nanoTime.getAsLong() - deadline >= 0;
    }

    private void enter(Phase next, long nanos) {
        phase = next;
        deadline = nanoTime.getAsLong() + nanos;
    }
}
