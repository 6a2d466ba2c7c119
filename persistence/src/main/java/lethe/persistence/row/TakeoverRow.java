package lethe.persistence.row;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import lethe.core.account.Takeover;
import org.jspecify.annotations.Nullable;

/**
 * Who else has proven the number of an address, as stored.
 *
 * @param ends when it comes true, milliseconds since 1970
 */
record TakeoverRow(
        @JsonProperty("account") AccountRow account,
        @JsonProperty("consent") ConsentRow consent,
        @JsonProperty("ends") long ends) {

    static @Nullable TakeoverRow of(@Nullable Takeover takeover) {
        return takeover == null
                ? null
                : new TakeoverRow(
                        AccountRow.of(takeover.account()),
                        ConsentRow.of(takeover.consent()),
                        takeover.ends().toEpochMilli());
    }

    Takeover toTakeover() {
        return new Takeover(account.toAccount(), consent.toConsent(), Instant.ofEpochMilli(ends));
    }
}
