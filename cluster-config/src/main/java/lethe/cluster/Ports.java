package lethe.cluster;

/** What is a TCP port. */
final class Ports {
    private static final int HIGHEST = 65_535;

    private Ports() {}

    static boolean isOne(int number) {
        return number > 0 && number <= HIGHEST;
    }

    /** Or 0, for a free one. */
    static boolean isOneOrFree(int number) {
        return number == 0 || isOne(number);
    }
}
