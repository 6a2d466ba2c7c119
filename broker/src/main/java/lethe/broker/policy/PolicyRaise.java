package lethe.broker.policy;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.receptionist.Receptionist;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import lethe.core.consent.SignedPolicy;
import lethe.core.identity.DeviceKey;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;

/**
 * Raises the policy: judges what an operator offers, stores it, puts it in force here, and has all nodes that can be
 * reached do the same.
 */
public final class PolicyRaise {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ActorSystem<?> system;
    private final CurrentPolicy current;
    private final Function<SignedPolicy, CompletionStage<Boolean>> store;
    private final Optional<DeviceKey> operator;

    /**
     * For one node.
     *
     * @param store stores it, and completes with false if there is another one of its epoch
     * @param operator the operator's public key; empty if the settings name none, and then nothing is taken
     */
    public PolicyRaise(
            ActorSystem<?> system,
            CurrentPolicy current,
            Function<SignedPolicy, CompletionStage<Boolean>> store,
            Optional<DeviceKey> operator) {
        this.system = system;
        this.current = current;
        this.store = store;
        this.operator = operator;
    }

    /**
     * Takes a policy. What is in force already is spread once more, so it may be said again.
     *
     * @return what is wrong; empty once it is stored, and in force on all nodes that can be reached
     */
    public CompletionStage<Optional<Problem>> offer(Bodies.PolicyInForce offered) {
        Optional<Problem> objection = objection(offered);
        if (objection.isPresent()) {
            return CompletableFuture.completedFuture(objection);
        }
        SignedPolicy signed = offered.signed().orElseThrow();
        if (offered.equals(current.shown())) {
            return spread(signed.policy().epoch());
        }
        if (!current.yieldsTo(signed)) {
            return refused(Problem.of(ProblemType.OUTDATED_POLICY));
        }
        return store.apply(signed)
                .handle((stored, failure) -> failure != null
                        ? refused(Problem.of(ProblemType.STORE_DOWN, "nothing is known of it; say it again"))
                        : stored ? rise(signed) : refused(Problem.of(ProblemType.OUTDATED_POLICY)))
                .thenCompose(Function.identity());
    }

    private Optional<Problem> objection(Bodies.PolicyInForce offered) {
        if (operator.isEmpty()) {
            return Optional.of(Problem.of(ProblemType.NOT_AUTHENTIC, "lethe.policy.key is not set"));
        }
        Optional<SignedPolicy> signed = offered.signed();
        if (signed.isEmpty()) {
            return Optional.of(Problem.of(ProblemType.NOT_AUTHENTIC, "it is not signed"));
        }
        return switch (signed.get().judge(operator.get())) {
            case GOOD -> Optional.empty();
            case TOO_LARGE ->
                Optional.of(Problem.of(ProblemType.TOO_LARGE, "the text").withLimit(SignedPolicy.MOST_BYTES));
            case OTHER_TEXT -> Optional.of(Problem.of(ProblemType.OTHER_TEXT));
            case FORGED -> Optional.of(Problem.of(ProblemType.NOT_AUTHENTIC, "lethe.policy.key did not sign it"));
        };
    }

    private static CompletionStage<Optional<Problem>> refused(Problem problem) {
        return CompletableFuture.completedFuture(Optional.of(problem));
    }

    private CompletionStage<Optional<Problem>> rise(SignedPolicy signed) {
        current.rise(signed);
        return spread(signed.policy().epoch());
    }

    /** Every node reads it from the store: it is too long for a message, and what is not stored does not count. */
    private CompletionStage<Optional<Problem>> spread(long epoch) {
        return AskPattern.<Receptionist.Command, Receptionist.Listing>ask(
                        system.receptionist(),
                        replyTo -> Receptionist.find(PolicyKeeper.KEY, replyTo),
                        PATIENCE,
                        system.scheduler())
                .thenCompose(listing -> spread(epoch, listing.getServiceInstances(PolicyKeeper.KEY)));
    }

    private CompletionStage<Optional<Problem>> spread(long epoch, Set<ActorRef<PolicyKeeper.Command>> keepers) {
        List<CompletableFuture<Boolean>> answers = keepers.stream()
                .map(keeper -> AskPattern.<PolicyKeeper.Command, PolicyMessage.Risen>ask(
                                keeper, replyTo -> new PolicyMessage.Rise(epoch, replyTo), PATIENCE, system.scheduler())
                        .handle((risen, failure) -> failure == null)
                        .toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(all -> {
                    long missing =
                            answers.stream().filter(answer -> !answer.join()).count();
                    return missing == 0
                            ? Optional.empty()
                            : Optional.of(Problem.of(
                                    ProblemType.OVERLOADED,
                                    "it is stored and in force here; " + missing + " of " + keepers.size()
                                            + " nodes have not said so yet; say it again"));
                });
    }
}
