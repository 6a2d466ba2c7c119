package lethe.loadtest.lethe;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lethe.core.identity.MessageId;
import lethe.core.identity.Tag;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.ProblemType;
import lethe.core.protocol.ServerFrame;
import lethe.loadtest.load.Line;
import lethe.loadtest.load.Payload;
import lethe.wire.Encoding;
import lethe.wire.Frames;

/** The half that sends: names the predecessor as a phone's outbox does, and settles what the broker keeps for it. */
final class LetheSender extends LetheDialect {
    /** The longest list in a frame. */
    private static final int MOST_SETTLED = 1_000;

    private final Tag to;
    private final SendTemplate template;
    private final Unended unended = new Unended();
    private final List<MessageId> toSettle = new ArrayList<>();

    LetheSender(Phones phones, Phones.Phone phone, Tag to, Payload payload) {
        super(phones, phone);
        this.to = to;
        this.template = new SendTemplate(to, payload);
    }

    @Override
    public void send(long number, Line line) {
        long before = unended.before(number);
        say(before == Unended.NONE ? template.fill(number) : template.fill(number, before), line);
    }

    @Override
    void heard(Heard frame, ByteBuf in, Line line) {
        long number = frame.idSecond(in);
        if (frame.kind() == Heard.DELIVER || !template.isOurs(frame.idFirst(in))) {
            line.failed("a sender heard what is not for it");
        } else if (frame.kind() == Heard.HELD) {
            line.held(number);
        } else {
            if (frame.settle()) {
                settle(number, line);
            }
            unended.end(number);
            line.completed(number);
        }
    }

    private void settle(long number, Line line) {
        toSettle.add(template.id(number));
        if (toSettle.size() == MOST_SETTLED) {
            saySettled(line);
        }
    }

    private void saySettled(Line line) {
        say(Frames.encode(Encoding.CBOR, new ClientFrame.Settle(to, toSettle)), line);
        toSettle.clear();
    }

    @Override
    void turned(Line line) {
        if (!toSettle.isEmpty()) {
            saySettled(line);
        }
    }

    @Override
    void refused(ServerFrame.Refused refused, Line line) {
        Long ref = refused.ref();
        ProblemType type = refused.problem().type();
        if (ref == null || !type.retryable()) {
            super.refused(refused, line);
        } else {
            Duration retryAfter = refused.problem().retryAfter();
            long number = SendTemplate.numberOfRef(ref);
            if (!line.refused(number, retryAfter == null ? Duration.ZERO : retryAfter)) {
                unended.end(number);
            }
        }
    }
}
