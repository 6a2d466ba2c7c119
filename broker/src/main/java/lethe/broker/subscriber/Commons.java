package lethe.broker.subscriber;

import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import lethe.broker.limit.Limits;
import lethe.broker.limit.Reports;
import lethe.core.consent.Policy;

/**
 * What all subscribers of a node have in common.
 *
 * @param policy that is in force
 * @param released is told the persistence id of an actor that has stopped, so that nothing of it stays in memory
 * @param prekeys where stored prekeys are read
 * @param present where those are found that a phone is connected to
 * @param pressure whether new messages are better refused
 * @param limits counts how often each is exhausted
 * @param reports whom subscribers have reported
 */
public record Commons(
        SubscriberSettings settings,
        Supplier<Policy> policy,
        Clock clock,
        Consumer<String> released,
        PrekeyStore prekeys,
        Present present,
        Pressure pressure,
        Limits limits,
        Reports reports) {}
