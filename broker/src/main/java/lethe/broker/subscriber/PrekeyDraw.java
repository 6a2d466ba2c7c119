package lethe.broker.subscriber;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lethe.core.account.Account;
import lethe.core.identity.DeviceId;
import lethe.core.prekey.DevicePrekeys;
import lethe.core.prekey.Prekey;
import lethe.core.prekey.PrekeyRef;
import lethe.core.protocol.PrekeyBodies;
import lethe.core.subscriber.SubscriberState;
import org.jspecify.annotations.Nullable;

/**
 * Which prekeys one asker gets: for each device of the first suite that it has any of, a one-time prekey if there is
 * one, else the last resort. When one-time prekeys run out nobody is brought to use a suite that it likes less.
 */
record PrekeyDraw(PrekeyCommand.Ask asker, Map<DeviceId, Choice> choices) {
    /**
     * For one device.
     *
     * @param oneTime null if there is none
     * @param lastResort null if there is none
     */
    record Choice(@Nullable PrekeyRef oneTime, @Nullable PrekeyRef lastResort) {
        Stream<PrekeyRef> refs() {
            return Stream.concat(Stream.ofNullable(oneTime), Stream.ofNullable(lastResort));
        }
    }

    /** Draws for askers in turn, so that no two get the same one-time prekey. */
    static List<PrekeyDraw> of(List<PrekeyCommand.Ask> askers, SubscriberState state) {
        Map<DeviceId, DevicePrekeys> left = new HashMap<>();
        state.devices().forEach(device -> left.put(device.id(), state.prekeys(device.id())));
        return askers.stream().map(asker -> of(asker, left)).toList();
    }

    private static PrekeyDraw of(PrekeyCommand.Ask asker, Map<DeviceId, DevicePrekeys> left) {
        Map<DeviceId, Choice> choices = new HashMap<>();
        left.replaceAll((device, prekeys) -> {
            Optional<Integer> suite =
                    asker.suites().stream().filter(prekeys.suites()::contains).findFirst();
            if (suite.isEmpty() || device.equals(asker.except())) {
                return prekeys;
            }
            Optional<PrekeyRef> oneTime = asker.oneTime() ? prekeys.next(device, suite.get()) : Optional.empty();
            choices.put(
                    device,
                    new Choice(
                            oneTime.orElse(null),
                            prekeys.lastResort(device, suite.get()).orElse(null)));
            return oneTime.map(prekeys::without).orElse(prekeys);
        });
        return new PrekeyDraw(asker, choices);
    }

    Stream<PrekeyRef> refs() {
        return choices.values().stream().flatMap(Choice::refs);
    }

    Stream<PrekeyRef> oneTime() {
        return choices.values().stream().flatMap(choice -> Stream.ofNullable(choice.oneTime()));
    }

    /** What the asker gets, of what was found, for the devices that the account has by now. */
    PrekeyBodies.Bundle bundle(Account account, Map<PrekeyRef, Prekey> found) {
        return new PrekeyBodies.Bundle(
                account.key(),
                account.list(),
                account.list().devices().stream()
                        .flatMap(device -> prekey(device.id(), found).stream())
                        .toList());
    }

    private Optional<PrekeyBodies.BundledPrekey> prekey(DeviceId device, Map<PrekeyRef, Prekey> found) {
        Choice choice = choices.get(device);
        if (choice == null) {
            return Optional.empty();
        }
        return Optional.ofNullable(choice.oneTime())
                .flatMap(ref -> Optional.ofNullable(found.get(ref)))
                .map(prekey -> new PrekeyBodies.BundledPrekey(device, false, prekey))
                .or(() -> Optional.ofNullable(choice.lastResort())
                        .flatMap(ref -> Optional.ofNullable(found.get(ref)))
                        .map(prekey -> new PrekeyBodies.BundledPrekey(device, true, prekey)));
    }
}
