package lethe.core.queue;

/**
 * How much may wait for one device.
 *
 * @param messages count
 * @param bytes sum of bodies
 * @param shareDivisor one sender may fill the n-th part of count and bytes: 4 means a quarter
 */
public record Bounds(int messages, long bytes, int shareDivisor) {
    public Bounds {
        if (messages < 1 || bytes < 1 || shareDivisor < 1) {
            throw new IllegalArgumentException("bounds are positive");
        }
    }

    int messagesPerSender() {
        return Math.max(1, messages / shareDivisor);
    }

    long bytesPerSender() {
        return bytes / shareDivisor;
    }
}
