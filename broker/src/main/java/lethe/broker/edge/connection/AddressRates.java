package lethe.broker.edge.connection;

import java.time.Duration;
import java.util.Optional;
import lethe.broker.limit.Limits;
import lethe.core.limit.Limit;
import lethe.core.protocol.Problem;

/**
 * How often an address may ask, and all addresses of its prefix together: for anything, and for what costs the most
 * while nobody knows who asks. Safe for use by many threads.
 */
public final class AddressRates {
    private final Limits limits;
    private final Rates<AddressKey> requests;
    private final Rates<AddressKey> requestsOfPrefix;
    private final Rates<AddressKey> optIns;
    private final Rates<AddressKey> optInsOfPrefix;

    /** Nobody has asked yet. */
    public AddressRates(ConnectionSettings settings, Limits limits) {
        this.limits = limits;
        this.requests = new Rates<>(settings.requestsPerSecond(), settings.requestBurst());
        this.requestsOfPrefix =
                new Rates<>(settings.times(settings.requestsPerSecond()), settings.times(settings.requestBurst()));
        this.optIns = new Rates<>(settings.optInsPerSecond(), settings.optInBurst());
        this.optInsOfPrefix =
                new Rates<>(settings.times(settings.optInsPerSecond()), settings.times(settings.optInBurst()));
    }

    /** Why an address may ask nothing now; empty if it may. */
    public Optional<Problem> objection(AddressKey address) {
        return objection(requests, address, Limit.ADDRESS_REQUESTS)
                .or(() -> objection(requestsOfPrefix, address.prefix(), Limit.PREFIX_REQUESTS));
    }

    /** Why an address may not ask to opt in now; empty if it may. */
    public Optional<Problem> objectionToOptIn(AddressKey address) {
        return objection(optIns, address, Limit.ADDRESS_OPT_INS)
                .or(() -> objection(optInsOfPrefix, address.prefix(), Limit.PREFIX_OPT_INS));
    }

    private Optional<Problem> objection(Rates<AddressKey> rates, AddressKey key, Limit limit) {
        Optional<Duration> wait = rates.take(key);
        return wait.map(time -> limits.refusal(limit, time));
    }
}
