package lethe.broker;

import akka.Done;
import akka.actor.BootstrapSetup;
import akka.actor.CoordinatedShutdown;
import akka.actor.setup.ActorSystemSetup;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.Config;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import lethe.broker.edge.Behind;
import lethe.broker.edge.OperatorPolicy;
import lethe.broker.forgetting.ForgettingSettings;
import lethe.broker.forgetting.KeyKeeper;
import lethe.broker.limit.Limits;
import lethe.broker.limit.Reports;
import lethe.broker.lookup.PublishedSets;
import lethe.broker.lookup.Publisher;
import lethe.broker.lookup.SetSigner;
import lethe.broker.loops.EventLoops;
import lethe.broker.policy.CurrentPolicy;
import lethe.broker.policy.PolicyKeeper;
import lethe.broker.policy.PolicyRaise;
import lethe.broker.retention.Audit;
import lethe.broker.retention.LastAudit;
import lethe.broker.session.Doorstep;
import lethe.broker.session.SessionFactory;
import lethe.broker.session.Subscribers;
import lethe.broker.sms.GatewayClient;
import lethe.broker.sms.ReportReader;
import lethe.broker.sms.SmsCounts;
import lethe.broker.sms.SmsNames;
import lethe.broker.sms.SmsRecipients;
import lethe.broker.sweep.Sweep;
import lethe.broker.telemetry.KeyMeters;
import lethe.broker.telemetry.LimitMeters;
import lethe.broker.telemetry.Metrics;
import lethe.broker.telemetry.SmsMeters;
import lethe.broker.telemetry.StoreMeters;
import lethe.cluster.ClusterSettings;
import lethe.cluster.Joining;
import lethe.core.identity.Opaque;
import lethe.core.identity.SubscriberIds;
import lethe.persistence.audit.Lifetimes;
import lethe.persistence.due.DueIndex;
import lethe.persistence.hygiene.Hygiene;
import lethe.persistence.plugin.LetheStore;
import lethe.persistence.plugin.StoreSetup;
import lethe.persistence.seal.EpochKeys;
import lethe.persistence.seal.Epochs;
import lethe.persistence.seal.InstallationKey;
import lethe.persistence.seal.RowSealer;
import lethe.persistence.seal.Sealing;
import lethe.persistence.seal.Unsealed;

/**
 * A member of the cluster with its share of the subscribers, before any door is open to phones.
 *
 * @param policy what phones must agree to
 * @param raise takes a later one from the operator
 * @param sets what is published of who is listed
 * @param signer signs that, and what is said of somebody
 * @param lastAudit what was counted last of what is stored
 * @param limits how often each was exhausted on this node
 * @param metrics numbers of this node
 */
record Node(
        ActorSystem<Void> system,
        BrokerSettings settings,
        Subscribers subscribers,
        CurrentPolicy policy,
        PolicyRaise raise,
        PublishedSets sets,
        SetSigner signer,
        LastAudit lastAudit,
        Limits limits,
        Metrics metrics,
        Clock clock) {
    /**
     * Starts actor system, store, shards and sweep, and begins to join the cluster. The stage completes when the store
     * has its tables.
     *
     * @throws IOException if the identity key cannot be read or made
     * @throws IllegalArgumentException naming a setting that is out of bounds, or certificates that do not fit
     */
    static CompletionStage<Node> start(Config config, Clock clock) throws IOException {
        BrokerSettings settings = BrokerSettings.from(config);
        settings.registration().requireSomebodyCanOptIn();
        ClusterSettings cluster = ClusterSettings.from(config);
        cluster.certificates().requireThatTheyFit();
        Opaque secret = IdentityKey.in(settings.identityKeyFile());
        SubscriberIds ids = SubscriberIds.under(secret);
        InstallationKey installation = InstallationKey.of(secret);
        Optional<EpochKeys> keys = epochKeys(settings.forgetting(), installation, clock);
        RowSealer sealer =
                keys.<RowSealer>map(alive -> new Sealing(alive, installation)).orElseGet(Unsealed::new);
        SmsCounts sms = new SmsCounts();
        Optional<GatewayClient> gateway =
                settings.gateway().map(where -> GatewayClient.of(where, sms, new SecureRandom(), clock));
        PolicyText configured = PolicyText.of(settings.policyEpoch(), settings.policyTextFile());
        CurrentPolicy policy = new CurrentPolicy(configured.policy(), configured.text());
        ActorSystem<Void> system = ActorSystem.create(
                Behaviors.empty(),
                "lethe",
                ActorSystemSetup.create(BootstrapSetup.create(config), new StoreSetup(sealer)));
        EventLoops loops = EventLoops.of(system);
        system.getWhenTerminated().whenComplete((ended, failure) -> loops.end());
        Joining.begin(system, cluster.meeting());
        Limits limits = Limits.from(config);
        Reports reports = new Reports(settings.reports(), clock);
        LetheStore store = LetheStore.get(system);
        store.findings().thenAccept(Hygiene::warn);
        Lifetimes lifetimes = Lifetimes.of(store.settings(), settings.terms().lifetime());
        return store.policies()
                .thenCompose(policies -> PolicyKeeper.start(system, policy, policies, settings.policyKey()))
                .thenCompose(raised -> store.due())
                .thenCompose(due -> keys(system, settings, keys, due, clock).thenApply(usable -> due))
                .thenCombine(store.auditor(lifetimes), (due, auditor) -> {
                    Subscribers subscribers = ShardedSubscribers.start(
                            system,
                            ids,
                            settings.subscriber(),
                            policy::policy,
                            clock,
                            store::released,
                            store::prekeys,
                            limits,
                            reports);
                    gateway.ifPresent(source -> ReportReader.start(
                            system, source, SmsNames.under(secret, new SecureRandom()), smsRecipients(), sms, clock));
                    Sweep.start(system, due, subscribers, settings.sweep(), clock);
                    SetSigner signer = SetSigner.of(secret);
                    PublishedSets sets =
                            Publisher.start(system, store, signer, policy::policy, settings.lookup(), clock);
                    LastAudit lastAudit = Audit.start(system, auditor, settings.auditEvery());
                    Metrics metrics = metrics(system, lastAudit, keys, store, clock);
                    metrics.add(new LimitMeters(limits, reports));
                    gateway.ifPresent(there -> metrics.add(new SmsMeters(sms, clock)));
                    PolicyRaise raise = new PolicyRaise(
                            system,
                            policy,
                            signed -> store.policies().thenCompose(policies -> policies.add(signed)),
                            settings.policyKey());
                    return new Node(
                            system,
                            settings,
                            subscribers,
                            policy,
                            raise,
                            sets,
                            signer,
                            lastAudit,
                            limits,
                            metrics,
                            clock);
                });
    }

    private static Optional<EpochKeys> epochKeys(
            ForgettingSettings forgetting, InstallationKey installation, Clock clock) throws IOException {
        return forgetting.sealing()
                ? Optional.of(
                        EpochKeys.open(new Epochs(forgetting.epoch()), forgetting.openEscrow(installation), clock))
                : Optional.empty();
    }

    /** Completes when there is a key to seal with; they end with the system. */
    private static CompletionStage<Done> keys(
            ActorSystem<?> system, BrokerSettings settings, Optional<EpochKeys> keys, DueIndex due, Clock clock) {
        keys.ifPresent(alive -> {
            KeyKeeper.start(system, alive, due::progress, settings.forgetting().afterwards(), clock);
            system.getWhenTerminated().whenComplete((ended, failure) -> alive.leave());
        });
        return keys.map(EpochKeys::usable).orElseGet(() -> CompletableFuture.completedFuture(Done.getInstance()));
    }

    private static Metrics metrics(
            ActorSystem<?> system, LastAudit lastAudit, Optional<EpochKeys> keys, LetheStore store, Clock clock) {
        Metrics metrics = new Metrics(lastAudit::report, clock);
        metrics.add(new StoreMeters(
                store.losses(),
                () -> store.claimsRemembered().toCompletableFuture().getNow(0)));
        keys.ifPresent(alive -> metrics.add(new KeyMeters(alive)));
        system.getWhenTerminated().whenComplete((ended, failure) -> metrics.close());
        return metrics;
    }

    /**
     * This broker has no SMS sent, so reports are of those that a later version had sent: they stay with the gateway
     * until that version is back.
     */
    private static SmsRecipients smsRecipients() {
        return (recipient, message, end) ->
                CompletableFuture.failedFuture(new IllegalStateException("no subscriber of this broker knows SMS"));
    }

    /** What the doors lead to. */
    Behind behind() {
        SessionFactory sessions = new SessionFactory(
                subscribers,
                settings.session(),
                settings.terms(),
                () -> policy.policy().epoch(),
                limits,
                clock,
                system.ignoreRef(),
                Doorstep.of(system));
        return new Behind(
                subscribers,
                sessions::open,
                settings.terms(),
                settings.registration(),
                policy::shown,
                sets,
                signer,
                limits,
                clock);
    }

    /** What the operators' port has to do with the policy. */
    OperatorPolicy operatorPolicy() {
        return new OperatorPolicy(policy::shown, raise::offer);
    }

    /** Leaves the cluster: shards move on, subscribers store what waits, then the system ends. */
    CompletionStage<Done> stop() {
        return CoordinatedShutdown.get(system).runAll(CoordinatedShutdown.clusterLeavingReason());
    }

    /** Whether it ended because the cluster goes on without it, or did not let it in. */
    boolean wasLeftBehind() {
        return CoordinatedShutdown.get(system)
                .getShutdownReason()
                .filter(reason -> reason.equals(CoordinatedShutdown.clusterDowningReason())
                        || reason.equals(CoordinatedShutdown.clusterJoinUnsuccessfulReason()))
                .isPresent();
    }
}
