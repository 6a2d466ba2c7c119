package lethe.loadtest.simulation;

import static lethe.loadtest.simulation.Timeline.SECOND;

import java.time.Duration;
import lethe.core.fallback.Fallback;
import lethe.core.identity.MessageId;
import lethe.core.identity.PlainIdentifier;
import lethe.device.outbox.Acceptance;
import lethe.device.outbox.Message;
import lethe.device.outbox.Terms;
import lethe.device.sms.SmsCopy;
import org.jspecify.annotations.Nullable;

/** What the owners of the phones do: they write to each other, sometimes several messages at once. */
final class Workload {
    private static final long PAUSE = 2 * SECOND;
    private static final int MOST_BYTES = 200;
    private static final SmsCopy SMS =
            new SmsCopy(PlainIdentifier.of(PlainIdentifier.Kind.NUMBER, "+99900000000"), "simulated");

    private final World world;
    private final Dice dice;

    Workload(World world) {
        this.world = world;
        this.dice = new Dice(world.plan().seed(), "workload");
    }

    /** Each phone's owner begins. */
    void begin() {
        world.phones().forEach(phone -> {
            phone.membership().optIn();
            write(phone);
        });
    }

    private void write(Phone phone) {
        world.timeline().after(dice.about(PAUSE), () -> {
            if (!world.isHealing()) {
                int several = dice.oneIn(6) ? 2 + dice.below(8) : 1;
                Phone to = other(phone);
                for (int i = 0; i < several; i++) {
                    write(phone, to);
                }
                write(phone);
            }
        });
    }

    private Phone other(Phone phone) {
        int ahead = 1 + dice.below(world.phones().size() - 1);
        return world.phone((phone.number() + ahead) % world.phones().size());
    }

    private void write(Phone phone, Phone to) {
        MessageId id = new MessageId(dice.bytes(MessageId.LENGTH));
        Terms terms = terms();
        SmsCopy sms = terms.fallback() == Fallback.DEVICE ? SMS : null;
        Message message =
                new Message(id, to.tag(), null, terms, dice.bytes(1 + dice.below(MOST_BYTES)), sms, phone.now());
        boolean revokes = dice.oneIn(15) && world.plan().has(Fault.REVOCATIONS);
        long thinks = dice.about(2 * SECOND);
        if (phone.isUp()
                && phone.membership().isIn()
                && phone.custody().outbox().accept(message) == Acceptance.ACCEPTED) {
            phone.custody().perform();
            if (revokes) {
                phone.later(thinks, () -> revoke(phone, id));
            }
        }
    }

    private void revoke(Phone phone, MessageId id) {
        world.truth().revoked(id);
        phone.custody().outbox().revoke(id, phone.now());
        phone.custody().perform();
    }

    private Terms terms() {
        boolean isShort = world.plan().has(Fault.SHORT_LIVES) && dice.oneIn(4);
        @Nullable Duration ttl = isShort ? Duration.ofMillis(dice.between(0, 20_000)) : null;
        if (!dice.oneIn(3)) {
            return new Terms(ttl, null, null, Fallback.NONE);
        }
        long deadline = 1_000 + dice.about(4_000);
        Duration longer = ttl == null ? null : ttl.plusMillis(deadline);
        return new Terms(longer, null, Duration.ofMillis(deadline), Fallback.DEVICE);
    }
}
