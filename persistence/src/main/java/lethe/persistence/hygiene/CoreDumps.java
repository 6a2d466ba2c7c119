package lethe.persistence.hygiene;

/**
 * What the kernel would write if this process crashed.
 *
 * @param limit bytes of a core file, the soft limit
 * @param pattern where it goes; a program if it begins with a bar, and then the limit does not hold
 * @param filter which memory is in it, as core(5) numbers the bits
 */
record CoreDumps(long limit, String pattern, long filter) {
    /** Anonymous, huge and shared memory: where a Java heap may be. */
    private static final long HEAP = 0b110_1011;

    boolean hasHeap() {
        return (filter & HEAP) != 0 && (isPiped() || limit > 0);
    }

    boolean isPiped() {
        return pattern.startsWith("|");
    }
}
