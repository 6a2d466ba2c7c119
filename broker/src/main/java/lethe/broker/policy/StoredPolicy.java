package lethe.broker.policy;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import lethe.core.consent.PolicyVerdict;
import lethe.core.consent.SignedPolicy;
import lethe.core.identity.DeviceKey;
import lethe.persistence.policy.PolicyTable;

/**
 * Brings what the store has into force on this node. Nothing that the operator did not sign counts, whoever wrote it
 * into the store.
 */
final class StoredPolicy {
    private final CurrentPolicy current;
    private final PolicyTable table;
    private final Optional<DeviceKey> operator;

    /**
     * For one node.
     *
     * @param operator the operator's public key; empty if the settings name none
     */
    StoredPolicy(CurrentPolicy current, PolicyTable table, Optional<DeviceKey> operator) {
        this.current = current;
        this.table = table;
        this.operator = operator;
    }

    /**
     * At the start, before anybody is let in.
     *
     * @return fails if the store has a later policy that cannot be believed: without it, consents would count again
     *     that were over
     */
    CompletionStage<Void> readFirst() {
        return table.latest().thenAccept(found -> found.ifPresent(this::takeFirst));
    }

    private void takeFirst(SignedPolicy stored) {
        long configured = current.policy().epoch();
        long epoch = stored.policy().epoch();
        boolean same = stored.policy().equals(current.policy());
        if (epoch < configured) {
            return;
        }
        if (isBelieved(stored) && (epoch > configured || same)) {
            current.rise(stored);
        } else if (!same) {
            throw new IllegalStateException(
                    isBelieved(stored)
                            ? "policy epoch " + epoch + " was raised with another text than lethe.policy.text-file has"
                            : "policy epoch " + epoch
                                    + " was raised, and lethe.policy.key is not the key that signed it");
        }
    }

    /**
     * Looks whether there is a later one, and takes it.
     *
     * @return the highest epoch that the store has; 0 for none
     */
    CompletionStage<Long> look() {
        return table.highest()
                .thenCompose(epoch -> epoch <= current.policy().epoch()
                        ? CompletableFuture.completedFuture(epoch)
                        : table.latest().thenApply(found -> {
                            found.filter(this::isBelieved).ifPresent(current::rise);
                            return epoch;
                        }));
    }

    private boolean isBelieved(SignedPolicy stored) {
        return operator.isPresent() && stored.judge(operator.get()) == PolicyVerdict.GOOD;
    }
}
