package lethe.broker;

import lethe.broker.loops.EventLoops;
import lethe.broker.subscriber.Pressure;

/** Of the event loop whose thread asks; other threads feel none. */
final class LoopPressure implements Pressure {
    @Override
    public boolean isBehind() {
        return EventLoops.isBehind();
    }

    @Override
    public boolean isFarBehind() {
        return EventLoops.isFarBehind();
    }
}
