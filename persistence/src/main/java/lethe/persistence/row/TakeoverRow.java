package lethe.persistence.row;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import lethe.core.account.Takeover;
import org.jspecify.annotations.Nullable;

/**
 * Who else has proven the number of an address, as stored.
 *
 * @param ends until when it waits, milliseconds since 1970
 * @param objected whether the old owner has objected
 */
record TakeoverRow(
        @JsonProperty("account") AccountRow account,
        @JsonProperty("consent") ConsentRow consent,
        @JsonProperty("ends") long ends,

        @JsonProperty("objected") @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        boolean objected) {

    static @Nullable TakeoverRow of(@Nullable Takeover takeover) {
        return takeover == null
                ? null
                : new TakeoverRow(
                        AccountRow.of(takeover.account()),
                        ConsentRow.of(takeover.consent()),
                        takeover.ends().toEpochMilli(),
                        takeover.objected());
    }

    Takeover toTakeover() {
        return new Takeover(account.toAccount(), consent.toConsent(), Instant.ofEpochMilli(ends), objected);
    }
}
