package lethe.loadtest.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The open loop of a whole swarm: a {@link Pacer} for each of its shards. */
final class Pacers {
    private final List<Pacer> all;

    private Pacers(List<Pacer> all) {
        this.all = all;
    }

    /**
     * Lets a swarm send.
     *
     * @param perSecond messages of all its pairs together
     * @param ramp how long until it has grown to that
     */
    static Pacers begin(Swarm swarm, double perSecond, Duration ramp) throws IOException, InterruptedException {
        List<Pacer> all = Collections.synchronizedList(new ArrayList<>());
        swarm.eachShard(shard -> {
            double share = (double) shard.pairs().size() / swarm.size();
            Pacer pacer = new Pacer(shard, new Schedule(perSecond * share, ramp));
            all.add(pacer);
            pacer.begin();
        });
        return new Pacers(all);
    }

    /** Nothing more is due from now on. */
    void stop() {
        all.forEach(Pacer::stop);
    }
}
