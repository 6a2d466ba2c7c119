package lethe.gatling.phone;

import java.util.BitSet;
import java.util.List;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.ServerFrame;

/**
 * What a phone has been given, by number.
 *
 * <p>A message that was not acknowledged is offered again in the next session, as it should be. One that was
 * acknowledged may not come again, nor one twice in a session.
 */
public final class Inbox {
    private final BitSet seen = new BitSet();
    private final BitSet acknowledged = new BitSet();
    private final BitSet session = new BitSet();
    private long heardUpTo;
    private long acknowledgedUpTo;
    private boolean last;
    private int duplicated;
    private int reordered;

    /** The phone connects anew. */
    void begin() {
        session.clear();
        heardUpTo = 0;
        acknowledgedUpTo = 0;
    }

    void take(ServerFrame.Deliver deliver) {
        Letter letter = Letter.of(deliver.body());
        int number = letter.number();
        if (acknowledged.get(number) || session.get(number)) {
            duplicated++;
        } else if (number < session.length()) {
            reordered++;
        }
        heardUpTo = deliver.seq();
        last |= letter.last();
        seen.set(number);
        session.set(number);
    }

    /** Whether something has come that is not acknowledged. */
    public boolean hasNews() {
        return heardUpTo > acknowledgedUpTo;
    }

    /** Whether the sender's last message has come. */
    public boolean hasLast() {
        return last;
    }

    /** Acknowledges all that has come. */
    ClientFrame.Ack acknowledge() {
        acknowledgedUpTo = heardUpTo;
        acknowledged.or(session);
        return new ClientFrame.Ack(heardUpTo, List.of(), List.of());
    }

    /** The numbers that have come at least once. */
    BitSet seen() {
        return seen;
    }

    int duplicated() {
        return duplicated;
    }

    int reordered() {
        return reordered;
    }
}
