package lethe.broker.edge;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import lethe.broker.limit.Limits;

/**
 * What the operators' port tells; asked for each request.
 *
 * @param ready whether the node is in the cluster, reaches its store, and does not drain
 * @param retention the last report as JSON; empty before the first, and on nodes that do not audit
 * @param limits and how often each was exhausted
 * @param metrics the numbers of this node, as text of the content type that is passed
 */
public record OperatorPages(
        Supplier<CompletionStage<Boolean>> ready,
        Supplier<Optional<String>> retention,
        Limits limits,
        UnaryOperator<String> metrics) {}
