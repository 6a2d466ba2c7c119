package lethe.wire;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lethe.core.account.Device;
import lethe.core.account.DeviceList;
import lethe.core.block.ReportReason;
import lethe.core.consent.Scope;
import lethe.core.fallback.Fallback;
import lethe.core.identity.DeviceId;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.SessionId;
import lethe.core.identity.Tag;
import lethe.core.limit.Limit;
import lethe.core.lookup.DaySet;
import lethe.core.lookup.HourSet;
import lethe.core.lookup.PublishedSet;
import lethe.core.lookup.SetIndex;
import lethe.core.ownership.Ownership;
import lethe.core.permit.Permission;
import lethe.core.permit.Permit;
import lethe.core.prekey.Prekey;
import lethe.core.prekey.PrekeyBatch;
import lethe.core.protocol.Alternative;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.Difference;
import lethe.core.protocol.GatewayBodies;
import lethe.core.protocol.PrekeyBodies;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.protocol.ServerFrame;
import lethe.core.protocol.SmsEnd;
import lethe.core.protocol.TaggerBodies;
import lethe.core.protocol.Urgency;
import lethe.core.protocol.VerifierBodies;
import lethe.core.receipt.ReceiptState;

/** Frames and bodies with fixed values, by name: each with all of its fields, and with as few as it may have. */
final class Fixtures {
    private static final Tag TAG = new Tag(bytes(0x10, 32));
    private static final DeviceId DEVICE = new DeviceId(bytes(0x40, 16));
    private static final MessageId ID = new MessageId(bytes(0x50, 16));
    private static final MessageId OTHER_ID = new MessageId(bytes(0x60, 16));
    private static final SessionId SESSION = new SessionId(bytes(0x70, 16));
    private static final Opaque BODY = bytes(0xf0, 24);
    private static final Instant TIME = Instant.ofEpochMilli(1_795_305_600_000L);
    private static final Duration DAYS = Duration.ofDays(3);
    private static final VerifierBodies.TextToSend TEXT =
            new VerifierBodies.TextToSend("12345", "LETHE ABCDEFGHIJKLMNOP");
    private static final DeviceKey KEY = new DeviceKey(bytes(0xc0, 32));
    private static final Instant SECOND = Instant.ofEpochSecond(1_795_305_600L);
    private static final Ownership OWNERSHIP = new Ownership(TAG, KEY, SECOND, bytes(0x20, 16), bytes(0x80, 64));
    private static final Permit PERMIT = new Permit(bytes(0x30, 16), KEY, SECOND, bytes(0x80, 64));
    private static final Opaque CAPSULE = bytes(0x10, 40);
    private static final Permission PERMISSION = new Permission(PERMIT, SECOND, bytes(0x20, 16), bytes(0x80, 64));

    private Fixtures() {}

    static Map<String, ClientFrame> clientFrames() {
        Map<String, ClientFrame> frames = new LinkedHashMap<>();
        frames.put("hello", new ClientFrame.Hello(TAG, DEVICE, 3, bytes(0x80, 64), 32, null));
        frames.put(
                "hello resuming",
                new ClientFrame.Hello(TAG, DEVICE, 3, bytes(0x80, 64), 32, new ClientFrame.Resume(SESSION, 17)));
        frames.put("send", new ClientFrame.Send(1, ID, TAG, null, null, null, null, null, null, BODY, null));
        frames.put(
                "send with everything",
                new ClientFrame.Send(
                        Formats.MAX_NUMBER,
                        ID,
                        TAG,
                        DEVICE,
                        DAYS,
                        Urgency.VERY_LOW,
                        Duration.ofMinutes(2),
                        Fallback.DEVICE,
                        OTHER_ID,
                        BODY,
                        null));
        frames.put(
                "send by a list", new ClientFrame.Send(1, ID, TAG, DEVICE, null, null, null, null, OTHER_ID, BODY, 2L));
        frames.put(
                "send with a capsule",
                new ClientFrame.Send(
                        1,
                        ID,
                        TAG,
                        DEVICE,
                        null,
                        null,
                        Duration.ofMinutes(2),
                        Fallback.GATEWAY,
                        null,
                        BODY,
                        2L,
                        CAPSULE));
        frames.put(
                "send with a notice",
                new ClientFrame.Send(1, ID, TAG, null, null, null, null, Fallback.NOTICE, null, BODY, null, CAPSULE));
        frames.put("ack", new ClientFrame.Ack(17, List.of(), List.of()));
        frames.put("ack with exceptions", new ClientFrame.Ack(17, List.of(3L, 300L), List.of(5L)));
        frames.put("revoke", new ClientFrame.Revoke(2, TAG, ID));
        frames.put("watch", new ClientFrame.Watch(TAG, List.of(ID, OTHER_ID)));
        frames.put("settle", new ClientFrame.Settle(TAG, List.of(ID)));
        frames.put("credit", new ClientFrame.Credit(8));
        frames.put("ping", new ClientFrame.Ping());
        frames.put("bye", new ClientFrame.Bye());
        return frames;
    }

    static Map<String, ServerFrame> serverFrames() {
        Map<String, ServerFrame> frames = new LinkedHashMap<>();
        frames.put("challenge", new ServerFrame.Challenge(bytes(0xa0, 32)));
        frames.put("welcome", new ServerFrame.Welcome(SESSION, true, Duration.ofMinutes(5), 66_560, 3, TIME));
        frames.put("held", new ServerFrame.Held(1L, ID, TIME));
        frames.put("held, watched", new ServerFrame.Held(null, ID, TIME));
        frames.put("deliver", new ServerFrame.Deliver(18, ID, DAYS, Urgency.NORMAL, BODY));
        frames.put("receipt", new ServerFrame.Receipt(ID, ReceiptState.DELIVERED, TIME, false));
        frames.put("fallback_now", new ServerFrame.FallbackNow(ID, TIME, true));
        frames.put("unknown", new ServerFrame.Unknown(ID));
        frames.put("drained", new ServerFrame.Drained());
        frames.put("goaway", new ServerFrame.GoAway(Duration.ZERO, Duration.ofSeconds(30)));
        frames.put("error", new ServerFrame.Refused(null, Problem.of(ProblemType.OUT_OF_TURN)));
        frames.put(
                "error with everything",
                new ServerFrame.Refused(
                        1L,
                        Problem.of(ProblemType.DEVICES_DIFFER, "one device is no longer there")
                                .withLimit(1000)
                                .withRetryAfter(Duration.ofSeconds(2))
                                .with(new Difference(0, List.of(DEVICE), List.of(), List.of(), List.of()))));
        frames.put("pong", new ServerFrame.Pong());
        frames.put(
                "error about devices",
                new ServerFrame.Refused(
                        1L,
                        Problem.of(ProblemType.DEVICES_DIFFER)
                                .with(new Difference(
                                        3,
                                        List.of(DEVICE),
                                        List.of(DEVICE),
                                        List.of(new DeviceId(bytes(0x41, 16))),
                                        List.of(new DeviceId(bytes(0x42, 16)))))));
        frames.put("contested", new ServerFrame.Contested(new DeviceKey(bytes(0xd0, 32)), TIME));
        frames.put("prekeys_low", new ServerFrame.PrekeysLow(19));
        return frames;
    }

    static Map<String, Record> bodies() {
        Map<String, Record> bodies = new LinkedHashMap<>();
        bodies.put("policy in force", new Bodies.PolicyInForce(3, bytes(0xb0, 32), "Off by default.", null, null));
        bodies.put(
                "policy in force, signed",
                new Bodies.PolicyInForce(3, bytes(0xb0, 32), "Off by default.", TIME, bytes(0x80, 64)));
        bodies.put(
                "opt-in",
                new Bodies.OptIn(
                        DEVICE,
                        new DeviceKey(bytes(0xc0, 32)),
                        3,
                        bytes(0xb0, 32),
                        Set.of(Scope.IP, Scope.SMS_DEVICE),
                        TIME,
                        bytes(0x80, 64),
                        null));
        bodies.put(
                "consent on file",
                new Bodies.ConsentOnFile(
                        DEVICE,
                        3,
                        Set.of(Scope.IP, Scope.SMS_DEVICE, Scope.SMS_GATEWAY, Scope.ALERTS, Scope.WAKE),
                        TIME));
        bodies.put("outgoing", new Bodies.Outgoing(null, null, null, null, null, null, BODY, null));
        bodies.put(
                "outgoing with everything",
                new Bodies.Outgoing(
                        DEVICE, DAYS, Urgency.HIGH, Duration.ofMinutes(2), Fallback.NONE, OTHER_ID, BODY, null));
        bodies.put("status, held", new Bodies.MessageStatus(ID, ReceiptState.HELD, null, TIME, false, false));
        bodies.put("status, ended", new Bodies.MessageStatus(ID, ReceiptState.REVOKED, TIME, null, true, true));
        bodies.put("ids", new Bodies.Ids(List.of(ID, OTHER_ID)));
        bodies.put("inbox", new Bodies.Inbox(List.of(new Bodies.Incoming(ID, DAYS, Urgency.NORMAL, BODY)), true));
        bodies.put("incoming", new Bodies.Incoming(ID, DAYS, Urgency.LOW, BODY));
        bodies.put("outgoing by a list", new Bodies.Outgoing(DEVICE, null, null, null, null, null, BODY, 2L));
        bodies.put(
                "outgoing with a capsule",
                new Bodies.Outgoing(
                        DEVICE, null, null, Duration.ofMinutes(2), Fallback.GATEWAY, null, BODY, 2L, CAPSULE));
        bodies.put(
                "outgoing with a notice",
                new Bodies.Outgoing(null, null, null, null, Fallback.NOTICE, null, BODY, null, CAPSULE));
        Device device = new Device(DEVICE, new DeviceKey(bytes(0xc0, 32)));
        DeviceList list = new DeviceList(2, List.of(device), bytes(0x80, 64));
        DeviceKey account = new DeviceKey(bytes(0xd0, 32));
        Ownership ownership =
                new Ownership(TAG, account, Instant.ofEpochSecond(1_795_305_600), bytes(0xe0, 16), bytes(0x80, 64));
        Bodies.AccountClaim claim = new Bodies.AccountClaim(account, list, ownership);
        bodies.put(
                "opt-in of an account",
                new Bodies.OptIn(
                        DEVICE, device.key(), 3, bytes(0xb0, 32), Set.of(Scope.IP), TIME, bytes(0x80, 64), claim));
        bodies.put("account claim", claim);
        bodies.put("account claim without proof", new Bodies.AccountClaim(account, list, null));
        bodies.put("account claim with a PIN", new Bodies.AccountClaim(account, list, null, bytes(0x80, 64)));
        bodies.put("new pin", new Bodies.NewPin(account));
        bodies.put("pin on file", new Bodies.PinOnFile(5));
        bodies.put("device list", list);
        bodies.put("device", device);
        bodies.put("account devices", new Bodies.AccountDevices(account, list));
        bodies.put("claimant", new Bodies.Claimant(account, TIME));
        bodies.put("waiting", new Bodies.Waiting(2, 512));
        bodies.put(
                "export",
                new Bodies.Export(
                        TIME,
                        new Bodies.ConsentOnFile(DEVICE, 3, Set.of(Scope.IP), TIME),
                        bytes(0xb0, 32),
                        bytes(0x80, 64),
                        new Bodies.AccountDevices(account, list),
                        List.of(new Bodies.Waiting(2, 512)),
                        1,
                        false,
                        new Bodies.Claimant(account, TIME),
                        null,
                        null,
                        List.of()));
        bodies.put(
                "export with blocks",
                new Bodies.Export(
                        TIME,
                        new Bodies.ConsentOnFile(DEVICE, 3, Set.of(Scope.IP), TIME),
                        bytes(0xb0, 32),
                        bytes(0x80, 64),
                        new Bodies.AccountDevices(account, list),
                        List.of(),
                        0,
                        true,
                        null,
                        null,
                        3,
                        List.of()));
        bodies.put("block count", new Bodies.BlockCount(3, 1_000));
        bodies.put("report", new Bodies.Report(ReportReason.SPAM, bytes(0xd0, 32)));
        bodies.put(
                "export with prekeys",
                new Bodies.Export(
                        TIME,
                        new Bodies.ConsentOnFile(DEVICE, 3, Set.of(Scope.IP), TIME),
                        bytes(0xb0, 32),
                        bytes(0x80, 64),
                        new Bodies.AccountDevices(account, list),
                        List.of(new Bodies.Waiting(2, 512)),
                        1,
                        false,
                        null,
                        null,
                        null,
                        List.of(new PrekeyBodies.PrekeysLeft(
                                99, false, 100L, List.of(new PrekeyBodies.SuitePrekeys(2, 99, true))))));
        bodies.put("problem", Problem.of(ProblemType.TOO_LARGE).withLimit(65_536));
        bodies.put(
                "problem of a limit",
                Problem.of(ProblemType.TOO_MANY_REQUESTS)
                        .withRetryAfter(Duration.ofSeconds(2))
                        .by(Limit.ADDRESS_REQUESTS));
        return bodies;
    }

    static Map<String, Record> prekeyBodies() {
        Map<String, Record> bodies = new LinkedHashMap<>();
        Prekey prekey = new Prekey(2, Prekey.HIGHEST_ID, BODY);
        Prekey other = new Prekey(1, 0, BODY);
        bodies.put("prekey", prekey);
        bodies.put("prekey batch", new PrekeyBatch(List.of(prekey), List.of(other)));
        bodies.put("prekey batch without last resort", new PrekeyBatch(List.of(prekey), List.of()));
        PrekeyBodies.SuitePrekeys ofSuite = new PrekeyBodies.SuitePrekeys(2, 19, true);
        bodies.put("suite prekeys", ofSuite);
        bodies.put("prekeys left", new PrekeyBodies.PrekeysLeft(19, true, 300L, List.of(ofSuite)));
        bodies.put("prekeys left, none", new PrekeyBodies.PrekeysLeft(0, true, null, List.of()));
        bodies.put("bundle request", new PrekeyBodies.BundleRequest(List.of(2, 1)));
        PrekeyBodies.BundledPrekey bundled = new PrekeyBodies.BundledPrekey(DEVICE, false, prekey);
        bodies.put("bundled prekey", bundled);
        Device device = new Device(DEVICE, KEY);
        DeviceList list = new DeviceList(2, List.of(device), bytes(0x80, 64));
        bodies.put("bundle", new PrekeyBodies.Bundle(new DeviceKey(bytes(0xd0, 32)), list, List.of(bundled)));
        return bodies;
    }

    static Map<String, Record> lookupBodies() {
        Map<String, Record> bodies = new LinkedHashMap<>();
        bodies.put(
                "consent on file, listed",
                new Bodies.ConsentOnFile(DEVICE, 3, Set.of(Scope.IP, Scope.DISCOVERABLE), TIME));
        PublishedSet day = new PublishedSet(20_785, null, 1_000_000, 2_197_310, bytes(0xb0, 32));
        PublishedSet hour = new PublishedSet(20_785, 9L, 2, 140, bytes(0xc0, 32));
        bodies.put("set index", new SetIndex(3, List.of(day, hour)));
        bodies.put("published set", day);
        bodies.put("day set", new DaySet(3, 20_785, TIME, TIME.plus(DAYS), 3, bytes(0, 7), bytes(0x80, 64)));
        bodies.put("hour set", new HourSet(3, 20_785, 9, TIME, bytes(0, 16), bytes(0x80, 64)));
        return bodies;
    }

    static Map<String, Record> taggerBodies() {
        Map<String, Record> bodies = new LinkedHashMap<>();
        bodies.put("evaluate", new TaggerBodies.Evaluate(1, List.of(bytes(2, 33), bytes(3, 33))));
        bodies.put("evaluate with a permission", new TaggerBodies.Evaluate(1, List.of(bytes(2, 33)), PERMISSION));
        bodies.put("permission", PERMISSION);
        bodies.put(
                "evaluation",
                new TaggerBodies.Evaluation(
                        Integer.MAX_VALUE, bytes(2, 33), List.of(bytes(2, 33), bytes(3, 33)), bytes(0x80, 64)));
        bodies.put("tagger keys", new TaggerBodies.TaggerKeys(List.of(new TaggerBodies.TaggerKey(1, bytes(2, 33)))));
        bodies.put("tagger key", new TaggerBodies.TaggerKey(2, bytes(3, 33)));
        return bodies;
    }

    static Map<String, Record> verifierBodies() {
        Map<String, Record> bodies = new LinkedHashMap<>();
        bodies.put("verifier keys", new VerifierBodies.VerifierKeys(bytes(0xb0, 32), new DeviceKey(bytes(0xc0, 32))));
        bodies.put("open session", new VerifierBodies.OpenSession(bytes(0xb0, 32), bytes(0, 114)));
        bodies.put(
                "registration",
                new VerifierBodies.Registration(
                        SESSION, true, 4, Duration.ofSeconds(60), Duration.ofMinutes(10), false, null));
        bodies.put(
                "registration with a text",
                new VerifierBodies.Registration(SESSION, false, 5, Duration.ZERO, Duration.ofMinutes(9), true, TEXT));
        bodies.put("text to send", TEXT);
        bodies.put("submit code", new VerifierBodies.SubmitCode("012345"));
        bodies.put("ownership", OWNERSHIP);
        bodies.put("permit", PERMIT);
        bodies.put("proven", new VerifierBodies.Proven(OWNERSHIP, PERMIT));
        bodies.put(
                "problem of a verifier",
                Problem.of(ProblemType.WRONG_CODE).withLimit(5).withAlternatives(Alternative.values()));
        return bodies;
    }

    static Map<String, Record> gatewayBodies() {
        Map<String, Record> bodies = new LinkedHashMap<>();
        GatewayBodies.SmsReport report = new GatewayBodies.SmsReport(
                new MessageId(bytes(0x10, 16)), SmsEnd.DELIVERED, Instant.ofEpochMilli(1_795_867_200_250L));
        bodies.put("gateway keys", new GatewayBodies.GatewayKeys(bytes(0xb0, 32)));
        bodies.put(
                "send sms",
                new GatewayBodies.SendSms(bytes(0, 313), Instant.ofEpochMilli(1_795_870_800_000L), bytes(0x70, 16)));
        bodies.put("sms taken", new GatewayBodies.SmsTaken(Instant.ofEpochMilli(1_795_871_100_000L)));
        bodies.put("sms report", report);
        bodies.put("sms reports", new GatewayBodies.SmsReports(List.of(report), "0011223344556677.1"));
        bodies.put(
                "send sms with a label",
                new GatewayBodies.SendSms(
                        bytes(0, 313), Instant.ofEpochMilli(1_795_870_800_000L), bytes(0x70, 16), bytes(0x20, 61)));
        bodies.put(
                "sms report with a label",
                new GatewayBodies.SmsReport(report.id(), report.state(), report.at(), bytes(0x20, 61)));
        return bodies;
    }

    /** Bytes that count up from the first. */
    static Opaque bytes(int first, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (first + i);
        }
        return Opaque.wrap(bytes);
    }
}
