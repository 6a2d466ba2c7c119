package lethe.wire;

import static lethe.wire.Formats.BYTES;
import static lethe.wire.Formats.BYTES_32;
import static lethe.wire.Formats.DEVICE_KEY;
import static lethe.wire.Formats.FLAG;
import static lethe.wire.Formats.INT;
import static lethe.wire.Formats.MESSAGE_ID;
import static lethe.wire.Formats.MILLIS;
import static lethe.wire.Formats.NUMBER;
import static lethe.wire.Formats.RECEIPT_STATE;
import static lethe.wire.Formats.SESSION_ID;
import static lethe.wire.Formats.TIME;
import static lethe.wire.Formats.URGENCY;

import lethe.core.protocol.ServerFrame;
import lethe.core.protocol.ServerFrame.Challenge;
import lethe.core.protocol.ServerFrame.Contested;
import lethe.core.protocol.ServerFrame.Deliver;
import lethe.core.protocol.ServerFrame.Drained;
import lethe.core.protocol.ServerFrame.FallbackNow;
import lethe.core.protocol.ServerFrame.GoAway;
import lethe.core.protocol.ServerFrame.Held;
import lethe.core.protocol.ServerFrame.Pong;
import lethe.core.protocol.ServerFrame.PrekeysLow;
import lethe.core.protocol.ServerFrame.Receipt;
import lethe.core.protocol.ServerFrame.Refused;
import lethe.core.protocol.ServerFrame.Unknown;
import lethe.core.protocol.ServerFrame.Welcome;

/** The broker's frames as they are on the wire. Numbers and keys are never given anew. */
final class ServerFrames {
    static final Vocabulary<ServerFrame> VOCABULARY = new Vocabulary<ServerFrame>()
            .with(32, "challenge", Challenge.class, challenge())
            .with(33, "welcome", Welcome.class, welcome())
            .with(34, "held", Held.class, held())
            .with(35, "deliver", Deliver.class, deliver())
            .with(36, "receipt", Receipt.class, receipt())
            .with(37, "fallback_now", FallbackNow.class, fallbackNow())
            .with(38, "unknown", Unknown.class, unknown())
            .with(39, "drained", Drained.class, Shape.fieldsOf(Drained.class).make(values -> new Drained()))
            .with(40, "goaway", GoAway.class, goAway())
            .with(41, "error", Refused.class, refused())
            .with(42, "pong", Pong.class, Shape.fieldsOf(Pong.class).make(values -> new Pong()))
            .with(43, "contested", Contested.class, contested())
            .with(44, "prekeys_low", PrekeysLow.class, prekeysLow());

    private ServerFrames() {}

    private static Shape<Contested> contested() {
        var fields = Shape.fieldsOf(Contested.class);
        var account = fields.required(1, "account", DEVICE_KEY, Contested::account);
        var ends = fields.required(2, "ends", TIME, Contested::ends);
        return fields.make(values -> new Contested(values.get(account), values.get(ends)));
    }

    private static Shape<PrekeysLow> prekeysLow() {
        var fields = Shape.fieldsOf(PrekeysLow.class);
        var left = fields.required(1, "left", INT, PrekeysLow::left);
        return fields.make(values -> new PrekeysLow(values.get(left)));
    }

    private static Shape<Challenge> challenge() {
        var fields = Shape.fieldsOf(Challenge.class);
        var nonce = fields.required(1, "nonce", BYTES_32, Challenge::nonce);
        return fields.make(values -> new Challenge(values.get(nonce)));
    }

    private static Shape<Welcome> welcome() {
        var fields = Shape.fieldsOf(Welcome.class);
        var session = fields.required(1, "session", SESSION_ID, Welcome::session);
        var resumed = fields.required(2, "resumed", FLAG, Welcome::resumed);
        var heartbeat = fields.required(3, "heartbeat_ms", MILLIS, Welcome::heartbeat);
        var maxFrame = fields.required(4, "max_frame", INT, Welcome::maxFrame);
        var epoch = fields.required(5, "epoch", NUMBER, Welcome::epoch);
        var now = fields.required(6, "now", TIME, Welcome::now);
        return fields.make(values -> new Welcome(
                values.get(session),
                values.get(resumed),
                values.get(heartbeat),
                values.get(maxFrame),
                values.get(epoch),
                values.get(now)));
    }

    private static Shape<Held> held() {
        var fields = Shape.fieldsOf(Held.class);
        var ref = fields.optional(1, "ref", NUMBER, Held::ref);
        var id = fields.required(2, "id", MESSAGE_ID, Held::id);
        var expires = fields.required(3, "expires", TIME, Held::expires);
        return fields.make(values -> new Held(values.find(ref), values.get(id), values.get(expires)));
    }

    private static Shape<Deliver> deliver() {
        var fields = Shape.fieldsOf(Deliver.class);
        var seq = fields.required(1, "seq", NUMBER, Deliver::seq);
        var id = fields.required(2, "id", MESSAGE_ID, Deliver::id);
        var ttlLeft = fields.required(3, "ttl_left_ms", MILLIS, Deliver::ttlLeft);
        var urgency = fields.required(4, "urgency", URGENCY, Deliver::urgency);
        var body = fields.required(5, "body", BYTES, Deliver::body);
        return fields.make(values -> new Deliver(
                values.get(seq), values.get(id), values.get(ttlLeft), values.get(urgency), values.get(body)));
    }

    private static Shape<Receipt> receipt() {
        var fields = Shape.fieldsOf(Receipt.class);
        var id = fields.required(1, "id", MESSAGE_ID, Receipt::id);
        var state = fields.required(2, "state", RECEIPT_STATE, Receipt::state);
        var at = fields.required(3, "at", TIME, Receipt::at);
        var settle = fields.required(4, "settle", FLAG, Receipt::settle);
        return fields.make(
                values -> new Receipt(values.get(id), values.get(state), values.get(at), values.get(settle)));
    }

    private static Shape<FallbackNow> fallbackNow() {
        var fields = Shape.fieldsOf(FallbackNow.class);
        var id = fields.required(1, "id", MESSAGE_ID, FallbackNow::id);
        var at = fields.required(2, "at", TIME, FallbackNow::at);
        var settle = fields.required(3, "settle", FLAG, FallbackNow::settle);
        return fields.make(values -> new FallbackNow(values.get(id), values.get(at), values.get(settle)));
    }

    private static Shape<Unknown> unknown() {
        var fields = Shape.fieldsOf(Unknown.class);
        var id = fields.required(1, "id", MESSAGE_ID, Unknown::id);
        return fields.make(values -> new Unknown(values.get(id)));
    }

    private static Shape<GoAway> goAway() {
        var fields = Shape.fieldsOf(GoAway.class);
        var after = fields.required(1, "after_ms", MILLIS, GoAway::after);
        var spread = fields.required(2, "spread_ms", MILLIS, GoAway::spread);
        return fields.make(values -> new GoAway(values.get(after), values.get(spread)));
    }

    private static Shape<Refused> refused() {
        var fields = Shape.fieldsOf(Refused.class);
        var ref = fields.optional(1, "ref", NUMBER, Refused::ref);
        var problem = fields.required(2, "problem", Problems.SHAPE, Refused::problem);
        return fields.make(values -> new Refused(values.find(ref), values.get(problem)));
    }
}
