package lethe.persistence.row;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import lethe.core.identity.Opaque;
import lethe.core.subscriber.Shown;

/** A verifier's statement that was used, as stored; {@code expires} is seconds since 1970. */
record ShownRow(
        @JsonProperty("nonce") Opaque nonce,
        @JsonProperty("expires") long expires) {

    static ShownRow of(Shown shown) {
        return new ShownRow(shown.nonce(), shown.expires().getEpochSecond());
    }

    Shown toShown() {
        return new Shown(nonce, Instant.ofEpochSecond(expires));
    }
}
