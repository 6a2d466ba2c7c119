package lethe.wire;

import static java.util.Map.entry;
import static lethe.wire.Formats.BYTES;
import static lethe.wire.Formats.BYTES_32;
import static lethe.wire.Formats.CAPSULE;
import static lethe.wire.Formats.DEVICE_ID;
import static lethe.wire.Formats.DEVICE_KEY;
import static lethe.wire.Formats.FALLBACK;
import static lethe.wire.Formats.FLAG;
import static lethe.wire.Formats.LIST_VERSION;
import static lethe.wire.Formats.MESSAGE_ID;
import static lethe.wire.Formats.MILLIS;
import static lethe.wire.Formats.NUMBER;
import static lethe.wire.Formats.RECEIPT_STATE;
import static lethe.wire.Formats.SCOPES;
import static lethe.wire.Formats.SIGNATURE;
import static lethe.wire.Formats.TEXT;
import static lethe.wire.Formats.TIME;
import static lethe.wire.Formats.URGENCY;
import static lethe.wire.Formats.listOf;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lethe.core.account.Device;
import lethe.core.account.DeviceList;
import lethe.core.protocol.Bodies.AccountClaim;
import lethe.core.protocol.Bodies.AccountDevices;
import lethe.core.protocol.Bodies.BlockCount;
import lethe.core.protocol.Bodies.Claimant;
import lethe.core.protocol.Bodies.ConsentOnFile;
import lethe.core.protocol.Bodies.Export;
import lethe.core.protocol.Bodies.Ids;
import lethe.core.protocol.Bodies.Inbox;
import lethe.core.protocol.Bodies.Incoming;
import lethe.core.protocol.Bodies.MessageStatus;
import lethe.core.protocol.Bodies.NewPin;
import lethe.core.protocol.Bodies.OptIn;
import lethe.core.protocol.Bodies.Outgoing;
import lethe.core.protocol.Bodies.PinOnFile;
import lethe.core.protocol.Bodies.PolicyInForce;
import lethe.core.protocol.Bodies.Report;
import lethe.core.protocol.Bodies.Waiting;
import lethe.core.protocol.Problem;

/** The bodies of the broker's HTTP resources as they are on the wire. Keys are never given anew. */
final class BodyShapes {
    static final Shape<Incoming> INCOMING = incoming();

    static final Map<Class<?>, Shape<?>> ALL = Map.ofEntries(
            entry(PolicyInForce.class, policyInForce()),
            entry(OptIn.class, optIn()),
            entry(ConsentOnFile.class, consentOnFile()),
            entry(AccountClaim.class, AccountShapes.CLAIM),
            entry(DeviceList.class, AccountShapes.LIST),
            entry(Device.class, AccountShapes.DEVICE),
            entry(AccountDevices.class, AccountShapes.accountDevices()),
            entry(Claimant.class, AccountShapes.claimant()),
            entry(Export.class, AccountShapes.export()),
            entry(NewPin.class, AccountShapes.newPin()),
            entry(PinOnFile.class, AccountShapes.pinOnFile()),
            entry(Waiting.class, AccountShapes.WAITING),
            entry(BlockCount.class, BlockShapes.blockCount()),
            entry(Report.class, BlockShapes.report()),
            entry(Outgoing.class, outgoing()),
            entry(MessageStatus.class, messageStatus()),
            entry(Ids.class, ids()),
            entry(Inbox.class, inbox()),
            entry(Incoming.class, INCOMING),
            entry(Problem.class, Problems.SHAPE));

    private static final List<Map<Class<?>, Shape<?>>> TABLES =
            List.of(ALL, PrekeyShapes.ALL, LookupShapes.ALL, TaggerShapes.ALL, VerifierShapes.ALL, GatewayShapes.ALL);

    private BodyShapes() {}

    @SuppressWarnings("unchecked") // the table pairs each class with its shape
    static <T> Shape<T> of(Class<T> type) {
        Shape<?> shape = TABLES.stream()
                .flatMap(table -> Stream.ofNullable(table.get(type)))
                .findFirst()
                .orElse(null);
        if (shape == null) {
            throw new IllegalArgumentException("not a body: " + type.getSimpleName());
        }
        return (Shape<T>) shape;
    }

    private static Shape<PolicyInForce> policyInForce() {
        var fields = Shape.fieldsOf(PolicyInForce.class);
        var epoch = fields.required(1, "epoch", NUMBER, PolicyInForce::epoch);
        var textHash = fields.required(2, "text_hash", BYTES_32, PolicyInForce::textHash);
        var text = fields.required(3, "text", TEXT, PolicyInForce::text);
        var at = fields.optional(4, "at", TIME, PolicyInForce::at);
        var signature = fields.optional(5, "signature", SIGNATURE, PolicyInForce::signature);
        return fields.make(values -> new PolicyInForce(
                values.get(epoch), values.get(textHash), values.get(text), values.find(at), values.find(signature)));
    }

    private static Shape<OptIn> optIn() {
        var fields = Shape.fieldsOf(OptIn.class);
        var device = fields.required(1, "device", DEVICE_ID, OptIn::device);
        var key = fields.required(2, "key", DEVICE_KEY, OptIn::key);
        var epoch = fields.required(3, "epoch", NUMBER, OptIn::epoch);
        var textHash = fields.required(4, "text_hash", BYTES_32, OptIn::textHash);
        var scopes = fields.required(5, "scopes", SCOPES, OptIn::scopes);
        var at = fields.required(6, "at", TIME, OptIn::at);
        var signature = fields.required(7, "signature", SIGNATURE, OptIn::signature);
        var account = fields.optional(8, "account", AccountShapes.CLAIM, OptIn::account);
        return fields.make(values -> new OptIn(
                values.get(device),
                values.get(key),
                values.get(epoch),
                values.get(textHash),
                values.get(scopes),
                values.get(at),
                values.get(signature),
                values.find(account)));
    }

    static Shape<ConsentOnFile> consentOnFile() {
        var fields = Shape.fieldsOf(ConsentOnFile.class);
        var device = fields.required(1, "device", DEVICE_ID, ConsentOnFile::device);
        var epoch = fields.required(2, "epoch", NUMBER, ConsentOnFile::epoch);
        var scopes = fields.required(3, "scopes", SCOPES, ConsentOnFile::scopes);
        var at = fields.required(4, "at", TIME, ConsentOnFile::at);
        return fields.make(
                values -> new ConsentOnFile(values.get(device), values.get(epoch), values.get(scopes), values.get(at)));
    }

    private static Shape<Outgoing> outgoing() {
        var fields = Shape.fieldsOf(Outgoing.class);
        var device = fields.optional(1, "device", DEVICE_ID, Outgoing::device);
        var ttl = fields.optional(2, "ttl_ms", MILLIS, Outgoing::ttl);
        var urgency = fields.optional(3, "urgency", URGENCY, Outgoing::urgency);
        var deadline = fields.optional(4, "deadline_ms", MILLIS, Outgoing::deadline);
        var fallback = fields.optional(5, "fallback", FALLBACK, Outgoing::fallback);
        var after = fields.optional(6, "after", MESSAGE_ID, Outgoing::after);
        var body = fields.required(7, "body", BYTES, Outgoing::body);
        var list = fields.optional(8, "list", LIST_VERSION, Outgoing::list);
        var capsule = fields.optional(9, "capsule", CAPSULE, Outgoing::capsule);
        return fields.make(values -> new Outgoing(
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

    private static Shape<MessageStatus> messageStatus() {
        var fields = Shape.fieldsOf(MessageStatus.class);
        var id = fields.required(1, "id", MESSAGE_ID, MessageStatus::id);
        var state = fields.required(2, "state", RECEIPT_STATE, MessageStatus::state);
        var at = fields.optional(3, "at", TIME, MessageStatus::at);
        var expires = fields.optional(4, "expires", TIME, MessageStatus::expires);
        var fallback = fields.required(5, "fallback", FLAG, MessageStatus::fallback);
        var settle = fields.required(6, "settle", FLAG, MessageStatus::settle);
        return fields.make(values -> new MessageStatus(
                values.get(id),
                values.get(state),
                values.find(at),
                values.find(expires),
                values.get(fallback),
                values.get(settle)));
    }

    private static Shape<Ids> ids() {
        var fields = Shape.fieldsOf(Ids.class);
        var ids = fields.required(1, "ids", listOf(MESSAGE_ID), Ids::ids);
        return fields.make(values -> new Ids(values.get(ids)));
    }

    private static Shape<Inbox> inbox() {
        var fields = Shape.fieldsOf(Inbox.class);
        var messages = fields.required(1, "messages", listOf(INCOMING), Inbox::messages);
        var drained = fields.required(2, "drained", FLAG, Inbox::drained);
        return fields.make(values -> new Inbox(values.get(messages), values.get(drained)));
    }

    private static Shape<Incoming> incoming() {
        var fields = Shape.fieldsOf(Incoming.class);
        var id = fields.required(1, "id", MESSAGE_ID, Incoming::id);
        var ttlLeft = fields.required(2, "ttl_left_ms", MILLIS, Incoming::ttlLeft);
        var urgency = fields.required(3, "urgency", URGENCY, Incoming::urgency);
        var body = fields.required(4, "body", BYTES, Incoming::body);
        return fields.make(
                values -> new Incoming(values.get(id), values.get(ttlLeft), values.get(urgency), values.get(body)));
    }
}
