package lethe.loadtest.simulation;

import static lethe.loadtest.simulation.Timeline.MILLI;
import static lethe.loadtest.simulation.Timeline.SECOND;

/**
 * Whether a phone's owner has opted in. Asks the broker until it answers, also after a death; what it asked before may
 * be done late. Off is off: after the answer nothing is taken any more.
 */
final class Membership {
    private static final long AGAIN = 3 * SECOND;

    private final World world;
    private final Phone phone;
    private boolean in;
    private boolean owesOptOut;
    private boolean wants = true;
    private long request;

    Membership(World world, Phone phone) {
        this.world = world;
        this.phone = phone;
    }

    boolean isIn() {
        return in;
    }

    /** The owner opts in. */
    void optIn() {
        wants = true;
        ask();
    }

    /** The owner opts out. */
    void optOut() {
        if (in) {
            wants = false;
            owesOptOut = true;
            ask();
        }
    }

    /** The broker does not know this phone: it was asked twice to forget it, or nobody has heard of it yet. */
    void isUnknown() {
        if (in && !owesOptOut) {
            in = false;
            optIn();
        }
    }

    /** Whoever is out opts in again, so that everything can end. */
    void comeBack() {
        if (!in) {
            optIn();
        }
    }

    /** The phone lives again. */
    void recover() {
        if (owesOptOut || (wants && !in)) {
            ask();
        }
    }

    private void ask() {
        long asked = ++request;
        boolean enter = wants;
        Node node = world.anyNode();
        Runnable answer = () -> phone.later(MILLI + world.dice().about(5 * MILLI), () -> answered(asked, enter));
        node.later(
                MILLI,
                () -> node.tell(phone.number(), desk -> {
                    if (enter) {
                        desk.optIn(answer);
                    } else {
                        desk.optOut(answer);
                    }
                }));
        phone.later(AGAIN, () -> {
            if (asked == request) {
                ask();
            }
        });
    }

    private void answered(long asked, boolean enter) {
        if (asked != request) {
            return;
        }
        request++;
        if (enter) {
            in = true;
            world.chronicle().optedIn(phone.name());
        } else {
            left();
        }
    }

    private void left() {
        owesOptOut = false;
        world.chronicle().optedOut(phone.name());
        if (!world.plan().has(Plant.DEAF_TO_OPT_OUT)) {
            in = false;
            phone.leave();
            phone.custody().outbox().abandon(phone.now());
            phone.custody().perform();
            phone.custody().application().optedOut();
        }
        phone.later(world.dice().about(15 * SECOND), () -> {
            if (!world.isHealing()) {
                optIn();
            }
        });
    }
}
