package lethe.broker.edge;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.Problem;

/**
 * The policy, as the operators' port shows and takes it.
 *
 * @param inForce on this node
 * @param raise takes a signed one; completes with what is wrong, or empty once it is in force
 */
public record OperatorPolicy(
        Supplier<Bodies.PolicyInForce> inForce,
        Function<Bodies.PolicyInForce, CompletionStage<Optional<Problem>>> raise) {}
