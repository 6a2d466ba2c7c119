package lethe.broker.subscriber;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import lethe.core.prekey.Prekey;
import lethe.core.prekey.PrekeyRef;

/**
 * Where stored prekeys are read: they are no part of a subscriber's state, because hardly anybody needs them at once.
 */
@FunctionalInterface
public interface PrekeyStore {
    /**
     * Those of the wanted prekeys that are there.
     *
     * @param persistenceId of the actor that asks
     */
    CompletionStage<Map<PrekeyRef, Prekey>> read(String persistenceId, Collection<PrekeyRef> wanted);
}
