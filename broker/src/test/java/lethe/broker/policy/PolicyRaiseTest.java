package lethe.broker.policy;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import lethe.broker.TestOperator;
import lethe.core.consent.Policy;
import lethe.core.consent.SignedPolicy;
import lethe.core.identity.Opaque;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class PolicyRaiseTest {
    private static final ActorTestKit AKKA =
            ActorTestKit.create(ConfigFactory.parseString("akka.actor.provider = local")
                    .withFallback(ConfigFactory.defaultReference())
                    .resolve());
    private static final String TEXT = "Off by default.";

    private final TestOperator operator = new TestOperator();
    private final CurrentPolicy current = new CurrentPolicy(Policy.of(3, TEXT), TEXT);
    private final List<SignedPolicy> stored = new ArrayList<>();
    private CompletionStage<Boolean> storing = CompletableFuture.completedFuture(true);
    private final PolicyRaise raise = new PolicyRaise(AKKA.system(), current, this::store, Optional.of(operator.key()));

    @AfterAll
    static void stop() {
        AKKA.shutdownTestKit();
    }

    @Test
    void storesWhatItsOperatorSignedAndPutsItInForce() {
        Bodies.PolicyInForce next = operator.policy(4, "Still off.");

        assertThat(offer(next)).isEmpty();

        assertThat(stored).singleElement().isEqualTo(next.signed().orElseThrow());
        assertThat(current.shown()).isEqualTo(next);
    }

    @Test
    void takesTheSameAgain() {
        Bodies.PolicyInForce next = operator.policy(4, "Still off.");
        offer(next);

        assertThat(offer(next)).isEmpty();
        assertThat(stored).hasSize(1);
    }

    @Test
    void takesTheSignatureOfWhatIsInForce() {
        assertThat(offer(operator.policy(3, TEXT))).isEmpty();
        assertThat(current.shown().signed()).isPresent();
    }

    @Test
    void takesNothingWithoutTheOperatorsKey() {
        PolicyRaise closed = new PolicyRaise(AKKA.system(), current, this::store, Optional.empty());

        assertThat(await(closed.offer(operator.policy(4, TEXT))))
                .contains(Problem.of(ProblemType.NOT_AUTHENTIC, "lethe.policy.key is not set"));
        assertNothingHappened();
    }

    @Test
    void takesNothingThatIsNotSignedOrForged() {
        Bodies.PolicyInForce good = operator.policy(4, TEXT);

        assertRefused(Bodies.PolicyInForce.of(Policy.of(4, TEXT), TEXT), ProblemType.NOT_AUTHENTIC);
        assertRefused(new TestOperator().policy(4, TEXT), ProblemType.NOT_AUTHENTIC);
        assertRefused(
                new Bodies.PolicyInForce(5, good.textHash(), TEXT, good.at(), good.signature()),
                ProblemType.NOT_AUTHENTIC);
        assertRefused(
                new Bodies.PolicyInForce(0, good.textHash(), TEXT, good.at(), good.signature()),
                ProblemType.NOT_AUTHENTIC);
        assertRefused(
                new Bodies.PolicyInForce(4, good.textHash(), TEXT, good.at(), Opaque.wrap(new byte[64])),
                ProblemType.NOT_AUTHENTIC);
    }

    @Test
    void takesNoOtherTextThanWasSigned() {
        Bodies.PolicyInForce good = operator.policy(4, TEXT);

        assertRefused(
                new Bodies.PolicyInForce(4, good.textHash(), "On.", good.at(), good.signature()),
                ProblemType.OTHER_TEXT);
    }

    @Test
    void takesNoTextWithoutEnd() {
        assertThat(offer(operator.policy(4, "a".repeat(SignedPolicy.MOST_BYTES + 1))))
                .contains(Problem.of(ProblemType.TOO_LARGE, "the text").withLimit(SignedPolicy.MOST_BYTES));
        assertNothingHappened();
    }

    @Test
    void takesNoEpochThatIsNotHigher() {
        assertRefused(operator.policy(2, TEXT), ProblemType.OUTDATED_POLICY);
        assertRefused(operator.policy(3, "Another."), ProblemType.OUTDATED_POLICY);
    }

    @Test
    void losesToAnotherOfItsEpochThatWasStoredFirst() {
        storing = CompletableFuture.completedFuture(false);

        assertThat(offer(operator.policy(4, TEXT))).contains(Problem.of(ProblemType.OUTDATED_POLICY));
        assertThat(current.policy().epoch()).isEqualTo(3);
    }

    @Test
    void isNotInForceUnlessItIsStored() {
        storing = CompletableFuture.failedFuture(new IllegalStateException("no Cassandra"));

        assertThat(offer(operator.policy(4, TEXT)).map(Problem::type)).contains(ProblemType.STORE_DOWN);
        assertThat(current.policy().epoch()).isEqualTo(3);
    }

    private void assertRefused(Bodies.PolicyInForce offered, ProblemType type) {
        assertThat(offer(offered).map(Problem::type)).contains(type);
        assertNothingHappened();
    }

    private void assertNothingHappened() {
        assertThat(stored).isEmpty();
        assertThat(current.policy().epoch()).isEqualTo(3);
    }

    private CompletionStage<Boolean> store(SignedPolicy signed) {
        stored.add(signed);
        return storing;
    }

    private Optional<Problem> offer(Bodies.PolicyInForce offered) {
        return await(raise.offer(offered));
    }

    private static Optional<Problem> await(CompletionStage<Optional<Problem>> answer) {
        return answer.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
