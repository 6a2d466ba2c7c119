package lethe.device;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import lethe.client.http.Answer;
import lethe.client.pin.PinKey;
import lethe.core.consent.Scope;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.Problem;
import lethe.device.http.BrokerHttp;
import lethe.device.sim.Sim;
import lethe.device.store.DeviceStore;
import lethe.device.store.GivenConsent;
import org.jspecify.annotations.Nullable;

/** Whether Lethe is on: the policy, the owner's opting in and out, and the SIM that it was opted in with. */
final class Membership {
    private final DeviceRuntime runtime;
    private final DeviceStore store;
    private final BrokerHttp http;
    private final GuardedApplication application;
    private final Connector connector;
    private final PrekeySupply supply;
    private final Durably durably;
    private final PolicyCheck policies;
    private final Showing showing;
    private final Erasure erasure;
    private final SimWatch sims;

    Membership(
            DeviceSettings settings,
            DeviceRuntime runtime,
            DeviceStore store,
            BrokerHttp http,
            AccountDevices devices,
            GuardedApplication application,
            Connector connector,
            PrekeySupply supply,
            Durably durably) {
        this.runtime = runtime;
        this.store = store;
        this.http = http;
        this.application = application;
        this.connector = connector;
        this.supply = supply;
        this.durably = durably;
        this.policies = new PolicyCheck(settings.policyKey(), store);
        this.showing = new Showing(store, http, devices);
        this.erasure = new Erasure(settings, runtime, store, application, durably.strand());
        this.sims = new SimWatch(store, runtime.random(), this::simChanged);
    }

    boolean isOptedIn() {
        return store.consent().isPresent();
    }

    CompletionStage<Answer<Bodies.PolicyInForce>> policy() {
        return http.policy()
                .thenApply(policies::judge)
                .thenCompose(judged -> durably.answer(judged, () -> policies.remember(judged)));
    }

    CompletionStage<Answer<Bodies.ConsentOnFile>> optIn(
            Bodies.PolicyInForce policy, Set<Scope> scopes, @Nullable PinKey pin) {
        Optional<Problem> objection = policies.objection(policy);
        if (objection.isPresent()) {
            return CompletableFuture.completedFuture(new Answer.Refused<>(objection.get()));
        }
        Instant at = runtime.clock().instant();
        return erasure.settle()
                .thenCompose(erased -> erased instanceof Answer.Good
                        ? showing.optIn(policy, scopes, at, pin)
                        : CompletableFuture.completedFuture(AccountDevices.as(erased)))
                .thenCompose(answer -> durably.answer(answer, () -> {
                    if (answer instanceof Answer.Good) {
                        store.agreed(new GivenConsent(policy.epoch(), scopes, at.truncatedTo(ChronoUnit.MILLIS)));
                        supply.lookSoon();
                    }
                }));
    }

    CompletionStage<Answer<Boolean>> optOut() {
        return http.optOut()
                .thenCompose(answer -> durably.answer(answer, () -> {
                    if (answer instanceof Answer.Good) {
                        erasure.done();
                    } else if (isOptedIn()) {
                        erasure.owe();
                    }
                    switchOff();
                }));
    }

    /** This SIM is in the phone. Answers whether it is the one that it was; true for the first one. */
    CompletionStage<Boolean> sim(Sim sim) {
        return durably.answer(() -> sims.saw(sim));
    }

    private void simChanged() {
        if (store.identity().account().isPresent()) {
            erasure.owe();
        }
        switchOff();
        application.on(new DeviceEvent.SimChanged());
    }

    /** Off is off, whether the broker answers or not. */
    private void switchOff() {
        connector.leave();
        store.withdrawn();
        durably.custodian().outbox().abandon(runtime.clock().instant());
    }

    // On the client's strand.

    /** The last life may have ended in the middle of switching off. */
    void resume() {
        if (store.owed().isPresent()) {
            switchOff();
        }
        erasure.resume();
    }

    void networkIsBack() {
        erasure.askNow();
    }

    void close() {
        erasure.close();
    }
}
