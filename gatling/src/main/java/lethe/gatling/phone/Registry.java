package lethe.gatling.phone;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import lethe.core.consent.Scope;
import lethe.core.protocol.Bodies;
import lethe.device.DeviceRuntime;
import lethe.device.http.BrokerHttp;
import lethe.device.http.Fleet;
import lethe.device.http.RequestSigner;
import lethe.wire.Encoding;

/** Opts phones in before a simulation, and out after it, over HTTP. */
public final class Registry {
    private static final int THREADS = 2;
    private static final Fleet FLEET = Fleet.within(Duration.ofMinutes(10));
    private static final Set<Scope> SCOPES = Set.of(Scope.IP);

    private final URI broker;
    private final DeviceRuntime runtime = DeviceRuntime.ofThreads(THREADS);

    /**
     * Of one broker.
     *
     * @param broker scheme, host and port
     */
    public Registry(URI broker) {
        this.broker = broker;
    }

    /**
     * Their owners have read the policy and agree.
     *
     * @throws IOException if one is refused for good, or it takes longer than ten minutes
     */
    public void optIn(List<Phone> phones) throws IOException, InterruptedException {
        if (phones.isEmpty()) {
            return;
        }
        Bodies.PolicyInForce policy = FLEET.await(http(phones.get(0)).policy());
        FLEET.ask(phones, phone -> http(phone).optIn(phone.identity().consent(policy, SCOPES, Instant.now())));
        phones.forEach(phone -> phone.optedIn(policy.epoch()));
    }

    /** Their owners withdraw: the broker keeps nothing of them. */
    public void optOut(List<Phone> phones) throws IOException, InterruptedException {
        FLEET.ask(phones, phone -> http(phone).optOut());
    }

    private BrokerHttp http(Phone phone) {
        RequestSigner signer = new RequestSigner(phone.identity(), Clock.systemUTC(), runtime.random());
        return new BrokerHttp(runtime.http(), broker, Encoding.CBOR, signer);
    }
}
