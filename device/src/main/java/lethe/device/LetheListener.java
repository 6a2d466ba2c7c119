package lethe.device;

/**
 * The application. Called by one thread at a time; while it does not return, its phone does nothing else: what the
 * phone answers later must not be waited for here. It may be called before {@link Lethe} has been handed to whoever
 * opens it, with what the last life left untold.
 *
 * <p>What it throws ends nothing: it counts as told. Then the thread's {@link Thread.UncaughtExceptionHandler} gets an
 * {@link ApplicationFailed}.
 */
@FunctionalInterface
public interface LetheListener {
    void on(LetheEvent event);
}
