package lethe.device.phone;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import lethe.client.http.Answer;
import lethe.core.consent.Scope;
import lethe.core.protocol.Bodies;
import lethe.device.DeviceClient;

/** Asks the owner: off by default, nothing opened before the first yes, nothing agreed to before the second. */
final class OptIn {
    private final DeviceClient client;
    private final Screen screen;
    private final Lines lines;
    private final Agreed listed;
    private final Agreed bySms;

    /** Whether the owner agrees to something that is not asked of everybody. */
    enum Agreed {
        /** The owner has said so on the command line. */
        YES,
        /** The owner has not said so. */
        NO,
        /** Whoever sits there is asked, each time. */
        ASK
    }

    /**
     * Asks this owner.
     *
     * @param listed whether whoever has the owner's number shall see that the owner can be reached
     * @param bySms whether the operator's gateway may send SMS in place of messages, the owner's and to the owner
     */
    OptIn(DeviceClient client, Screen screen, Lines lines, Agreed listed, Agreed bySms) {
        this.client = client;
        this.screen = screen;
        this.lines = lines;
        this.listed = listed;
        this.bySms = bySms;
    }

    /** Whether the owner wants to read the policy: for that, the broker is asked for it. */
    boolean wantsToRead() {
        screen.ask("Fetch the policy from the broker, to read it? [y/N]");
        return isYes();
    }

    /**
     * Shows the policy and asks.
     *
     * @param unasked the owner has agreed beforehand, on the command line
     * @param pin whether to ask for the registration PIN of whoever has the address
     */
    boolean perform(boolean unasked, boolean pin) {
        Answer<Bodies.PolicyInForce> answer =
                client.policy().toCompletableFuture().join();
        if (!(answer instanceof Answer.Good<Bodies.PolicyInForce> good)) {
            screen.trouble(Troubles.text(answer));
            return false;
        }
        Bodies.PolicyInForce policy = good.value();
        screen.policy(policy);
        if (!unasked) {
            screen.ask("Do you agree? [y/N]");
            if (!isYes()) {
                screen.note("Lethe stays off.");
                return false;
            }
        }
        return agree(policy, scopes(unasked), pin);
    }

    /** What the owner has not agreed to is not agreed to. */
    private Set<Scope> scopes(boolean unasked) {
        Set<Scope> scopes = EnumSet.of(Scope.IP, Scope.SMS_DEVICE);
        if (agrees(listed, unasked, "May whoever has your number see that you can be reached? [y/N]")) {
            scopes.add(Scope.DISCOVERABLE);
        }
        if (agrees(
                bySms,
                unasked,
                "May the operator send an SMS where a message of yours, or to you, does not get through? [y/N]")) {
            scopes.add(Scope.SMS_GATEWAY);
        }
        return scopes;
    }

    private boolean agrees(Agreed agreed, boolean unasked, String question) {
        if (agreed == Agreed.ASK && !unasked) {
            screen.ask(question);
            return isYes();
        }
        return agreed == Agreed.YES;
    }

    private boolean agree(Bodies.PolicyInForce policy, Set<Scope> scopes, boolean pin) {
        Optional<char[]> typed =
                pin ? PinCommands.read(screen, lines, "This number's registration PIN (not shown):") : Optional.empty();
        Answer<Bodies.ConsentOnFile> answer = typed.map(given -> client.optIn(policy, scopes, given))
                .orElseGet(() -> client.optIn(policy, scopes))
                .toCompletableFuture()
                .join();
        if (answer instanceof Answer.Good) {
            screen.optedIn(policy.epoch(), scopes);
            return client.connect();
        }
        screen.trouble(Troubles.text(answer));
        return false;
    }

    /** The owner withdraws. */
    void withdraw() {
        Answer<Boolean> answer = client.optOut().toCompletableFuture().join();
        if (answer instanceof Answer.Good) {
            screen.optedOut();
        } else {
            screen.trouble(Troubles.text(answer));
        }
    }

    /**
     * The owner was asked whether to read the policy that was raised.
     *
     * @param answer a line
     */
    void renew(String answer) {
        if (isYes(answer)) {
            perform(false, false);
        } else {
            screen.note("Lethe stays off. /optin shows the policy and asks again.");
        }
    }

    private boolean isYes() {
        return isYes(lines.next().orElse(""));
    }

    private static boolean isYes(String line) {
        String answer = line.strip().toLowerCase(Locale.ROOT);
        return answer.equals("y") || answer.equals("yes");
    }
}
