package lethe.broker.subscriber;

/** As much as a test wants. */
final class GivenPressure implements Pressure {
    private volatile boolean behind;
    private volatile boolean farBehind;

    void behind() {
        behind = true;
    }

    void farBehind() {
        behind = true;
        farBehind = true;
    }

    void none() {
        behind = false;
        farBehind = false;
    }

    @Override
    public boolean isBehind() {
        return behind;
    }

    @Override
    public boolean isFarBehind() {
        return farBehind;
    }
}
