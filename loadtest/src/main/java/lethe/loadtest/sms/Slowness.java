package lethe.loadtest.sms;

/** An application that at times does not come to the end of what it does with a message. */
final class Slowness {
    /** Whatever happens, it is not busy for longer. */
    private static final long MOST_MILLIS = 10_000;

    private boolean busy;

    synchronized void begin() {
        busy = true;
    }

    synchronized void end() {
        busy = false;
        notifyAll();
    }

    /** Returns when it is not busy. */
    synchronized void pass() {
        long until = System.nanoTime() + MOST_MILLIS * 1_000_000;
        long left = MOST_MILLIS;
        try {
            while (busy && left > 0) {
                wait(left);
                left = (until - System.nanoTime()) / 1_000_000;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
