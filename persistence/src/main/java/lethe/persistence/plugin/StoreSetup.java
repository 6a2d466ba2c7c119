package lethe.persistence.plugin;

import akka.actor.setup.Setup;
import lethe.persistence.seal.RowSealer;

/** What an actor system's store needs that no configuration can say: given to the system when it is made. */
public final class StoreSetup extends Setup {
    private final RowSealer sealer;

    /** Seals the rows of fenced entities so. */
    public StoreSetup(RowSealer sealer) {
        this.sealer = sealer;
    }

    RowSealer sealer() {
        return sealer;
    }
}
