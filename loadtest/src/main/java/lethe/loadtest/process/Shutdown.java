package lethe.loadtest.process;

/** The end of this process, from when it is told to (Ctrl-C, SIGTERM) until its last child has ended. */
public final class Shutdown {
    private Shutdown() {}

    /** Whether this process was told to end, so that what fails now need not be told. */
    public static boolean hasBegun() {
        Thread never = new Thread(() -> {}, "never-started");
        try {
            Runtime.getRuntime().addShutdownHook(never);
            Runtime.getRuntime().removeShutdownHook(never);
            return false;
        } catch (IllegalStateException endingAlready) {
            // Java takes no more hooks from before the first one runs, which ends the children.
            return true;
        }
    }
}
