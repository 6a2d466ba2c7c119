package lethe.loadtest.lethe;

import io.netty.buffer.ByteBuf;
import lethe.core.identity.Opaque;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.CloseReason;
import lethe.core.protocol.ServerFrame;
import lethe.loadtest.load.Dialect;
import lethe.loadtest.load.Line;
import lethe.loadtest.websocket.Incoming;
import lethe.loadtest.websocket.Mask;
import lethe.loadtest.websocket.OpeningRequest;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Frames;

/** A phone on its socket: opens it, proves who it is, and hands what it hears to the half that it is. */
abstract class LetheDialect implements Dialect {
    /** RFC 6455, section 7.1.5: the peer gave none. */
    private static final int NO_CODE = 1005;

    private enum Stage {
        OPENING,
        CHALLENGED,
        LIVE
    }

    private final Phones phones;
    private final Phones.Phone phone;
    private final Mask mask;
    private final Incoming incoming = new Incoming();
    private final Heard heard = new Heard();
    private Stage stage = Stage.OPENING;

    LetheDialect(Phones phones, Phones.Phone phone) {
        this.phones = phones;
        this.phone = phone;
        this.mask = new Mask(System.identityHashCode(this) * 0x9e37_79b9_7f4a_7c15L | 1);
    }

    @Override
    public final void opened(Line line) {
        byte[] request = phones.opening().bytes();
        line.write(line.buffer(request.length).writeBytes(request));
    }

    @Override
    public final void read(ByteBuf in, Line line) {
        if (stage == Stage.OPENING && !open(in, line)) {
            return;
        }
        while (incoming.next(in)) {
            int end = in.readerIndex() + incoming.length();
            take(in, line);
            in.readerIndex(end);
        }
        turned(line);
    }

    private boolean open(ByteBuf in, Line line) {
        String answer = OpeningRequest.takeAnswer(in);
        if (answer == null) {
            return false;
        }
        String objection = phones.opening().objection(answer);
        if (objection != null) {
            line.failed(objection);
            in.skipBytes(in.readableBytes());
            return false;
        }
        stage = Stage.CHALLENGED;
        return true;
    }

    private void take(ByteBuf in, Line line) {
        switch (incoming.opcode()) {
            case Incoming.BINARY -> message(in, line);
            case Incoming.PING -> write(Incoming.PONG, content(in), line);
            case Incoming.PONG -> {
                // In answer to none: this phone does not ask.
            }
            case Incoming.CLOSE ->
                closed(incoming.length() < 2 ? NO_CODE : in.getUnsignedShort(in.readerIndex()), line);
            default -> line.failed("the broker sent opcode " + incoming.opcode());
        }
    }

    /** A subscriber that leaves memory just as its phone connects sends it away: a phone comes back at once. */
    private static void closed(int code, Line line) {
        if (code == CloseReason.RESTART.code()) {
            line.sentAway();
        } else {
            line.failed("the broker closed with " + code);
        }
    }

    private byte[] content(ByteBuf in) {
        byte[] content = new byte[incoming.length()];
        in.getBytes(in.readerIndex(), content);
        return content;
    }

    private void message(ByteBuf in, Line line) {
        if (stage == Stage.LIVE && heard.read(in, incoming.length())) {
            heard(heard, in, line);
        } else if (Frames.decodeServer(Encoding.CBOR, content(in)) instanceof Decoded.Good<ServerFrame> good) {
            frame(good.value(), line);
        } else {
            line.failed("the broker sent what is no frame");
        }
    }

    private void frame(ServerFrame frame, Line line) {
        if (frame instanceof ServerFrame.Challenge challenge && stage == Stage.CHALLENGED) {
            say(Frames.encode(Encoding.CBOR, hello(challenge.nonce())), line);
        } else if (frame instanceof ServerFrame.Welcome && stage == Stage.CHALLENGED) {
            stage = Stage.LIVE;
            line.ready();
        } else if (frame instanceof ServerFrame.Refused refused) {
            refused(refused, line);
        } else if (!(frame instanceof ServerFrame.Drained)) {
            line.failed("the broker said " + frame.getClass().getSimpleName()
                    + (frame instanceof ServerFrame.Receipt receipt
                            ? " " + receipt.state().word()
                            : ""));
        }
    }

    private ClientFrame hello(Opaque nonce) {
        var identity = phone.identity();
        byte[] statement = ClientFrame.Hello.statement(nonce, identity.tag(), identity.device());
        return new ClientFrame.Hello(
                identity.tag(), identity.device(), phones.epoch(), identity.sign(statement), phones.credit(), null);
    }

    /** The broker said one of the usual things. */
    abstract void heard(Heard frame, ByteBuf in, Line line);

    /** The broker refused something. */
    void refused(ServerFrame.Refused refused, Line line) {
        line.failed("the broker refused: " + refused.problem().type().word());
    }

    /** All that came in one turn was heard. */
    abstract void turned(Line line);

    /** Says one frame. */
    final void say(byte[] frame, Line line) {
        write(Incoming.BINARY, frame, line);
    }

    private void write(int opcode, byte[] content, Line line) {
        ByteBuf out = line.buffer(content.length + Mask.MOST_OVERHEAD);
        mask.write(opcode, content, out);
        line.write(out);
    }
}
