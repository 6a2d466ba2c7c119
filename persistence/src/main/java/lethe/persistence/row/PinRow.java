package lethe.persistence.row;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import lethe.core.account.Pin;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import org.jspecify.annotations.Nullable;

/**
 * An account's registration PIN, as stored.
 *
 * @param next when it can be tried again, milliseconds since 1970
 */
record PinRow(
        @JsonProperty("key") Opaque key,
        @JsonProperty("wrong") int wrong,
        @JsonProperty("next") long next) {

    static @Nullable PinRow of(@Nullable Pin pin) {
        return pin == null
                ? null
                : new PinRow(pin.key().bytes(), pin.wrong(), pin.next().toEpochMilli());
    }

    Pin toPin() {
        return new Pin(new DeviceKey(key), wrong, Instant.ofEpochMilli(next));
    }
}
