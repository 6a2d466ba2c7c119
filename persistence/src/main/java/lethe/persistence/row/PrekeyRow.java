package lethe.persistence.row;

import com.fasterxml.jackson.annotation.JsonProperty;
import lethe.core.identity.Opaque;
import lethe.core.prekey.Prekey;

/**
 * A prekey, as stored.
 *
 * @param version of this form
 */
record PrekeyRow(
        @JsonProperty("v") int version,
        @JsonProperty("suite") int suite,
        @JsonProperty("id") long id,
        @JsonProperty("body") Opaque body) {

    static final int VERSION = 1;

    PrekeyRow {
        Versions.check("prekey row", version, VERSION);
    }

    static PrekeyRow of(Prekey prekey) {
        return new PrekeyRow(VERSION, prekey.suite(), prekey.id(), prekey.body());
    }

    Prekey toPrekey() {
        return new Prekey(suite, id, body);
    }
}
