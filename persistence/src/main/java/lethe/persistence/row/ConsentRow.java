package lethe.persistence.row;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import lethe.core.consent.Consent;
import lethe.core.consent.Scope;
import lethe.core.identity.DeviceId;
import lethe.core.identity.Opaque;

/** A consent as it was signed, as stored; times are milliseconds since 1970. */
record ConsentRow(
        @JsonProperty("epoch") long epoch,
        @JsonProperty("text") Opaque textHash,
        @JsonProperty("scopes") List<String> scopes,
        @JsonProperty("at") long at,
        @JsonProperty("device") Opaque device,
        @JsonProperty("signature") Opaque signature) {

    static ConsentRow of(Consent consent) {
        return new ConsentRow(
                consent.epoch(),
                consent.textHash(),
                consent.scopes().stream().map(Scope::name).sorted().toList(),
                consent.at().toEpochMilli(),
                consent.device().bytes(),
                consent.signature());
    }

    Consent toConsent() {
        return new Consent(
                epoch,
                textHash,
                scopes.stream().map(Scope::valueOf).collect(Collectors.toUnmodifiableSet()),
                Instant.ofEpochMilli(at),
                new DeviceId(device),
                signature);
    }
}
