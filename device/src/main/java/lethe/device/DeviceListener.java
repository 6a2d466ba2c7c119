package lethe.device;

import lethe.core.identity.Opaque;

/**
 * The application. Called by one thread at a time; while it does not return, its client does nothing else.
 *
 * <p>What it throws ends nothing: it counts as told, and a body that it throws at as one that it cannot open. Then the
 * thread's {@link Thread.UncaughtExceptionHandler} gets an {@link ApplicationFailed}.
 */
@FunctionalInterface
public interface DeviceListener {
    void on(DeviceEvent event);

    /**
     * Whether the application can open a body. If not, its sender hears {@code undecryptable}, and it is not handed
     * over.
     */
    default boolean canOpen(Opaque body) {
        return true;
    }
}
