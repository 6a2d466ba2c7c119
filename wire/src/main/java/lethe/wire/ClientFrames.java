package lethe.wire;

import static lethe.wire.Formats.BYTES;
import static lethe.wire.Formats.CAPSULE;
import static lethe.wire.Formats.DEVICE_ID;
import static lethe.wire.Formats.FALLBACK;
import static lethe.wire.Formats.INT;
import static lethe.wire.Formats.LIST_VERSION;
import static lethe.wire.Formats.MESSAGE_ID;
import static lethe.wire.Formats.MILLIS;
import static lethe.wire.Formats.NUMBER;
import static lethe.wire.Formats.SESSION_ID;
import static lethe.wire.Formats.SIGNATURE;
import static lethe.wire.Formats.TAG;
import static lethe.wire.Formats.URGENCY;
import static lethe.wire.Formats.listOf;

import java.util.List;
import lethe.core.identity.MessageId;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.ClientFrame.Ack;
import lethe.core.protocol.ClientFrame.Bye;
import lethe.core.protocol.ClientFrame.Credit;
import lethe.core.protocol.ClientFrame.Hello;
import lethe.core.protocol.ClientFrame.Ping;
import lethe.core.protocol.ClientFrame.Resume;
import lethe.core.protocol.ClientFrame.Revoke;
import lethe.core.protocol.ClientFrame.Send;
import lethe.core.protocol.ClientFrame.Settle;
import lethe.core.protocol.ClientFrame.Watch;

/** The phone's frames as they are on the wire. Numbers and keys are never given anew. */
final class ClientFrames {
    private static final Format<List<MessageId>> IDS = listOf(MESSAGE_ID);

    static final Vocabulary<ClientFrame> VOCABULARY = new Vocabulary<ClientFrame>()
            .with(1, "hello", Hello.class, hello())
            .with(2, "send", Send.class, send())
            .with(3, "ack", Ack.class, ack())
            .with(4, "revoke", Revoke.class, revoke())
            .with(5, "watch", Watch.class, watch())
            .with(6, "settle", Settle.class, settle())
            .with(7, "credit", Credit.class, credit())
            .with(8, "ping", Ping.class, Shape.fieldsOf(Ping.class).make(values -> new Ping()))
            .with(9, "bye", Bye.class, Shape.fieldsOf(Bye.class).make(values -> new Bye()));

    private ClientFrames() {}

    private static Shape<Hello> hello() {
        var fields = Shape.fieldsOf(Hello.class);
        var tag = fields.required(1, "tag", TAG, Hello::tag);
        var device = fields.required(2, "device", DEVICE_ID, Hello::device);
        var epoch = fields.required(3, "epoch", NUMBER, Hello::epoch);
        var proof = fields.required(4, "proof", SIGNATURE, Hello::proof);
        var credit = fields.required(5, "credit", INT, Hello::credit);
        var resume = fields.optional(6, "resume", resume(), Hello::resume);
        return fields.make(values -> new Hello(
                values.get(tag),
                values.get(device),
                values.get(epoch),
                values.get(proof),
                values.get(credit),
                values.find(resume)));
    }

    static Shape<Resume> resume() {
        var fields = Shape.fieldsOf(Resume.class);
        var session = fields.required(1, "session", SESSION_ID, Resume::session);
        var acked = fields.required(2, "acked", NUMBER, Resume::acked);
        return fields.make(values -> new Resume(values.get(session), values.get(acked)));
    }

    private static Shape<Send> send() {
        var fields = Shape.fieldsOf(Send.class);
        var ref = fields.required(1, "ref", NUMBER, Send::ref);
        var id = fields.required(2, "id", MESSAGE_ID, Send::id);
        var to = fields.required(3, "to", TAG, Send::to);
        var device = fields.optional(4, "device", DEVICE_ID, Send::device);
        var ttl = fields.optional(5, "ttl_ms", MILLIS, Send::ttl);
        var urgency = fields.optional(6, "urgency", URGENCY, Send::urgency);
        var deadline = fields.optional(7, "deadline_ms", MILLIS, Send::deadline);
        var fallback = fields.optional(8, "fallback", FALLBACK, Send::fallback);
        var after = fields.optional(9, "after", MESSAGE_ID, Send::after);
        var body = fields.required(10, "body", BYTES, Send::body);
        var list = fields.optional(11, "list", LIST_VERSION, Send::list);
        var capsule = fields.optional(12, "capsule", CAPSULE, Send::capsule);
        return fields.make(values -> new Send(
                values.get(ref),
                values.get(id),
                values.get(to),
                values.find(device),
                values.find(ttl),
                values.find(urgency),
                values.find(deadline),
                values.find(fallback),
                values.find(after),
                values.get(body),
                values.find(list),
                values.find(capsule)));
    }

    private static Shape<Ack> ack() {
        var fields = Shape.fieldsOf(Ack.class);
        var upto = fields.required(1, "upto", NUMBER, Ack::upto);
        var except = fields.list(2, "except", listOf(NUMBER), Ack::except);
        var undecryptable = fields.list(3, "undecryptable", listOf(NUMBER), Ack::undecryptable);
        return fields.make(values -> new Ack(values.get(upto), values.get(except), values.get(undecryptable)));
    }

    private static Shape<Revoke> revoke() {
        var fields = Shape.fieldsOf(Revoke.class);
        var ref = fields.required(1, "ref", NUMBER, Revoke::ref);
        var to = fields.required(2, "to", TAG, Revoke::to);
        var id = fields.required(3, "id", MESSAGE_ID, Revoke::id);
        return fields.make(values -> new Revoke(values.get(ref), values.get(to), values.get(id)));
    }

    private static Shape<Watch> watch() {
        var fields = Shape.fieldsOf(Watch.class);
        var to = fields.required(1, "to", TAG, Watch::to);
        var ids = fields.required(2, "ids", IDS, Watch::ids);
        return fields.make(values -> new Watch(values.get(to), values.get(ids)));
    }

    private static Shape<Settle> settle() {
        var fields = Shape.fieldsOf(Settle.class);
        var to = fields.required(1, "to", TAG, Settle::to);
        var ids = fields.required(2, "ids", IDS, Settle::ids);
        return fields.make(values -> new Settle(values.get(to), values.get(ids)));
    }

    private static Shape<Credit> credit() {
        var fields = Shape.fieldsOf(Credit.class);
        var more = fields.required(1, "more", INT, Credit::more);
        return fields.make(values -> new Credit(values.get(more)));
    }
}
