package lethe.device;

import java.util.Optional;
import java.util.random.RandomGenerator;
import lethe.device.sim.Sim;
import lethe.device.sim.SimMark;
import lethe.device.store.DeviceStore;

/** Whether the phone still has the SIM that it had. Lives on its client's strand. */
final class SimWatch {
    private final DeviceStore store;
    private final RandomGenerator random;
    private final Runnable switchOff;

    /**
     * For one client.
     *
     * @param switchOff is run when another SIM is there while Lethe is on
     */
    SimWatch(DeviceStore store, RandomGenerator random, Runnable switchOff) {
        this.store = store;
        this.random = random;
        this.switchOff = switchOff;
    }

    /** This one is in the phone now. Returns whether it was before; true for the first one. */
    boolean saw(Sim sim) {
        Optional<SimMark> last = store.sim();
        if (last.isPresent() && last.get().isOf(sim)) {
            return true;
        }
        if (last.isPresent() && store.consent().isPresent()) {
            switchOff.run();
        }
        store.sim(SimMark.of(sim, random));
        return last.isEmpty();
    }
}
