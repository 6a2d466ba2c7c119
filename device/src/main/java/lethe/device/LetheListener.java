package lethe.device;

/**
 * The application. Called by one thread at a time; while it does not return, its phone does nothing else.
 *
 * <p>What it throws ends nothing: it counts as told. Then the thread's {@link Thread.UncaughtExceptionHandler} gets an
 * {@link ApplicationFailed}.
 */
@FunctionalInterface
public interface LetheListener {
    void on(LetheEvent event);
}
