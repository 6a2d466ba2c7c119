package lethe.loadtest.envelopes;

import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.seal.Opener;
import lethe.seal.Opening;
import lethe.seal.Pins;
import lethe.seal.prekey.PrekeyStore;

/** Where a phone takes envelopes in: what the drill tries to get past. */
@FunctionalInterface
public interface Door {
    Opening open(Opaque envelope);

    /** How doors are made: as phones have them, or, to try the drill itself, with a hole. */
    @FunctionalInterface
    interface Maker {
        /** Phones' own. */
        Maker REAL = (own, prekeys, pins) -> new Opener(own, prekeys, pins)::open;

        Door make(Tag own, PrekeyStore prekeys, Pins pins);
    }
}
