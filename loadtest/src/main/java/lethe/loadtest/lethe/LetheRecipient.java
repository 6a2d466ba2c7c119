package lethe.loadtest.lethe;

import io.netty.buffer.ByteBuf;
import lethe.loadtest.load.Line;

/** The half that messages come to: acknowledges all that came in one turn at once. */
final class LetheRecipient extends LetheDialect {
    private long taken;
    private long acknowledged;

    LetheRecipient(Phones phones, Phones.Phone phone) {
        super(phones, phone);
    }

    @Override
    void heard(Heard frame, ByteBuf in, Line line) {
        if (frame.kind() != Heard.DELIVER) {
            line.failed("a recipient heard a receipt");
        } else if (frame.seq() != taken + 1) {
            line.failed("the broker counted " + frame.seq() + " after " + taken);
        } else {
            taken++;
            line.arrived(frame.number(in));
        }
    }

    @Override
    void turned(Line line) {
        if (taken > acknowledged) {
            acknowledged = taken;
            say(Acknowledgement.upTo(taken), line);
        }
    }

    @Override
    public void send(long number, Line line) {
        line.failed("a recipient sends nothing");
    }
}
