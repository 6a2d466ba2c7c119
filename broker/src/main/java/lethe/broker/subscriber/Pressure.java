package lethe.broker.subscriber;

/**
 * How far behind the thread is that asks.
 *
 * <p>A message to a phone that is there must reach it within the hold window, or it is stored, which makes a broker
 * that is late later still. A message to one that is away is stored anyhow and may wait.
 */
public interface Pressure {
    /** There is none. */
    Pressure NONE = new Pressure() {
        @Override
        public boolean isBehind() {
            return false;
        }

        @Override
        public boolean isFarBehind() {
            return false;
        }
    };

    /** Whether new messages to connected phones are better refused. */
    boolean isBehind();

    /** Whether all new messages are. */
    boolean isFarBehind();
}
