package lethe.gatling.phone;

import java.security.SecureRandom;
import java.util.BitSet;
import lethe.device.store.Identity;

/** Two phones, one of which sends to the other. */
public record Pair(Phone sender, Phone recipient) {
    /** Two phones with identities of their own. */
    static Pair draw(SecureRandom random, Habits habits, Timings timings) {
        Identity sender = Identity.draw(random);
        Identity recipient = Identity.draw(random);
        return new Pair(
                phone(sender, recipient, random, habits, timings), phone(recipient, sender, random, habits, timings));
    }

    private static Phone phone(Identity self, Identity other, SecureRandom random, Habits habits, Timings timings) {
        Outbox outbox = new Outbox(other.tag(), random, habits.bodyBytes(), timings);
        return new Phone(self, outbox, new Pace(habits.interval()), timings);
    }

    /** How many messages the broker took and never gave to the recipient. */
    int lost() {
        BitSet missing = (BitSet) sender.outbox().accepted().clone();
        missing.andNot(recipient.inbox().seen());
        return missing.cardinality();
    }
}
