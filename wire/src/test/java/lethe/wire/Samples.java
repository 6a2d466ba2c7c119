package lethe.wire;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
import org.jspecify.annotations.Nullable;

/** Random frames and bodies, the same for the same seed. Every kind once per round, every bound now and then. */
final class Samples {
    private final Random random;

    Samples(long seed) {
        this.random = new Random(seed);
    }

    List<ClientFrame> clientFrames() {
        return List.of(
                new ClientFrame.Hello(tag(), device(), number(), bytes(64), integer(), maybe(() -> resume())),
                send(random.nextInt(300)),
                new ClientFrame.Ack(number(), some(this::number), some(this::number)),
                new ClientFrame.Revoke(number(), tag(), message()),
                new ClientFrame.Watch(tag(), some(this::message)),
                new ClientFrame.Settle(tag(), some(this::message)),
                new ClientFrame.Credit(integer()),
                new ClientFrame.Ping(),
                new ClientFrame.Bye());
    }

    List<ServerFrame> serverFrames() {
        return List.of(
                new ServerFrame.Challenge(bytes(32)),
                new ServerFrame.Welcome(session(), flag(), duration(), integer(), number(), instant()),
                new ServerFrame.Held(maybe(this::number), message(), instant()),
                deliver(random.nextInt(300)),
                new ServerFrame.Receipt(message(), oneOf(ReceiptState.values()), instant(), flag()),
                new ServerFrame.FallbackNow(message(), instant(), flag()),
                new ServerFrame.Unknown(message()),
                new ServerFrame.Drained(),
                new ServerFrame.GoAway(duration(), duration()),
                new ServerFrame.Refused(maybe(this::number), problem()),
                new ServerFrame.Pong(),
                new ServerFrame.Contested(new DeviceKey(bytes(32)), instant()),
                new ServerFrame.PrekeysLow(integer()));
    }

    List<Record> bodies() {
        return List.of(
                new Bodies.PolicyInForce(number(), bytes(32), text(), maybe(this::instant), maybe(() -> bytes(64))),
                new Bodies.OptIn(
                        device(),
                        new DeviceKey(bytes(32)),
                        number(),
                        bytes(32),
                        scopes(),
                        instant(),
                        bytes(64),
                        maybe(this::claim)),
                new Bodies.ConsentOnFile(device(), number(), scopes(), instant()),
                new Bodies.Outgoing(
                        maybe(this::device),
                        maybe(this::duration),
                        maybe(() -> oneOf(Urgency.values())),
                        maybe(this::duration),
                        maybe(() -> oneOf(Fallback.values())),
                        maybe(this::message),
                        bytes(random.nextInt(300)),
                        maybe(this::listVersion),
                        maybe(this::capsule)),
                new Bodies.MessageStatus(
                        message(),
                        oneOf(ReceiptState.values()),
                        maybe(this::instant),
                        maybe(this::instant),
                        flag(),
                        flag()),
                new Bodies.Ids(some(this::message)),
                new Bodies.Inbox(some(this::incoming), flag()),
                incoming(),
                problem(),
                claim(),
                list(),
                listed(),
                new Bodies.AccountDevices(new DeviceKey(bytes(32)), list()),
                claimant(),
                new Bodies.Export(
                        instant(),
                        new Bodies.ConsentOnFile(device(), number(), scopes(), instant()),
                        bytes(32),
                        bytes(64),
                        new Bodies.AccountDevices(new DeviceKey(bytes(32)), list()),
                        some(this::waiting),
                        integer(),
                        flag(),
                        maybe(this::claimant),
                        maybe(this::pinOnFile),
                        maybe(this::integer),
                        some(this::prekeysLeft)),
                new Bodies.NewPin(new DeviceKey(bytes(32))),
                pinOnFile(),
                waiting(),
                new Bodies.BlockCount(integer(), integer()),
                new Bodies.Report(oneOf(ReportReason.values()), bytes(32)));
    }

    private Bodies.Claimant claimant() {
        return new Bodies.Claimant(new DeviceKey(bytes(32)), instant());
    }

    private Bodies.PinOnFile pinOnFile() {
        return new Bodies.PinOnFile(integer());
    }

    private Bodies.Waiting waiting() {
        return new Bodies.Waiting(integer(), number());
    }

    private Bodies.AccountClaim claim() {
        return new Bodies.AccountClaim(
                new DeviceKey(bytes(32)), list(), maybe(this::ownership), maybe(() -> bytes(64)));
    }

    private DeviceList list() {
        List<Device> devices = IntStream.range(0, 1 + random.nextInt(DeviceList.MOST))
                .mapToObj(i -> listed())
                .toList();
        return new DeviceList(listVersion(), devices, bytes(64));
    }

    private Device listed() {
        return new Device(device(), new DeviceKey(bytes(32)));
    }

    private long listVersion() {
        return Math.max(1, number());
    }

    private Ownership ownership() {
        return new Ownership(tag(), new DeviceKey(bytes(32)), Instant.ofEpochSecond(number()), bytes(16), bytes(64));
    }

    List<Record> prekeyBodies() {
        return List.of(
                prekey(),
                new PrekeyBatch(some(this::prekey), some(this::prekey)),
                suitePrekeys(),
                prekeysLeft(),
                new PrekeyBodies.BundleRequest(
                        IntStream.rangeClosed(1, 1 + random.nextInt(8)).boxed().toList()),
                bundledPrekey(),
                new PrekeyBodies.Bundle(new DeviceKey(bytes(32)), list(), some(this::bundledPrekey)));
    }

    private Prekey prekey() {
        long id = flag() ? Prekey.HIGHEST_ID : random.nextInt(1_000);
        return new Prekey(1 + random.nextInt(255), id, bytes(flag() ? Prekey.MOST_BYTES : 1 + random.nextInt(99)));
    }

    private PrekeyBodies.BundledPrekey bundledPrekey() {
        return new PrekeyBodies.BundledPrekey(device(), flag(), prekey());
    }

    private PrekeyBodies.SuitePrekeys suitePrekeys() {
        return new PrekeyBodies.SuitePrekeys(1 + random.nextInt(255), integer(), flag());
    }

    private PrekeyBodies.PrekeysLeft prekeysLeft() {
        return new PrekeyBodies.PrekeysLeft(
                integer(), flag(), maybe(() -> (long) random.nextInt(1_000)), some(this::suitePrekeys));
    }

    List<Record> lookupBodies() {
        return List.of(
                new SetIndex(number(), some(this::publishedSet)),
                publishedSet(),
                new DaySet(number(), number(), instant(), instant(), number(), bytes(random.nextInt(300)), bytes(64)),
                new HourSet(number(), number(), number(), instant(), bytes(random.nextInt(300)), bytes(64)));
    }

    private PublishedSet publishedSet() {
        return new PublishedSet(number(), maybe(this::number), number(), number(), bytes(32));
    }

    List<Record> taggerBodies() {
        return List.of(
                new TaggerBodies.Evaluate(version(), some(this::element), maybe(this::permission)),
                permission(),
                new TaggerBodies.Evaluation(version(), element(), some(this::element), bytes(64)),
                new TaggerBodies.TaggerKeys(some(this::taggerKey)),
                taggerKey());
    }

    List<Record> verifierBodies() {
        return List.of(
                new VerifierBodies.VerifierKeys(bytes(32), new DeviceKey(bytes(32))),
                new VerifierBodies.OpenSession(bytes(32), bytes(114)),
                new VerifierBodies.Registration(
                        session(), flag(), integer(), duration(), duration(), flag(), maybe(this::textToSend)),
                textToSend(),
                new VerifierBodies.SubmitCode(String.format(Locale.ROOT, "%06d", random.nextInt(1_000_000))),
                new VerifierBodies.Proven(ownership(), permit()),
                ownership(),
                permit());
    }

    List<Record> gatewayBodies() {
        return List.of(
                new GatewayBodies.GatewayKeys(bytes(32)),
                new GatewayBodies.SendSms(bytes(1 + random.nextInt(4153)), instant(), bytes(16), maybe(this::label)),
                new GatewayBodies.SmsTaken(instant()),
                smsReport(),
                new GatewayBodies.SmsReports(some(this::smsReport), text()));
    }

    private GatewayBodies.SmsReport smsReport() {
        return new GatewayBodies.SmsReport(message(), oneOf(SmsEnd.values()), instant(), maybe(this::label));
    }

    private Opaque label() {
        return bytes(1 + random.nextInt(64));
    }

    private Permit permit() {
        return new Permit(bytes(16), new DeviceKey(bytes(32)), Instant.ofEpochSecond(number()), bytes(64));
    }

    private VerifierBodies.TextToSend textToSend() {
        return new VerifierBodies.TextToSend(Integer.toString(integer()), text());
    }

    private Permission permission() {
        return new Permission(permit(), Instant.ofEpochSecond(number()), bytes(16), bytes(64));
    }

    private TaggerBodies.TaggerKey taggerKey() {
        return new TaggerBodies.TaggerKey(version(), element());
    }

    private Opaque element() {
        return bytes(33);
    }

    private int version() {
        return Math.max(1, integer());
    }

    private Opaque capsule() {
        return bytes(1 + random.nextInt(300));
    }

    ClientFrame.Send send(int bodyLength) {
        return new ClientFrame.Send(
                number(),
                message(),
                tag(),
                maybe(this::device),
                maybe(this::duration),
                maybe(() -> oneOf(Urgency.values())),
                maybe(this::duration),
                maybe(() -> oneOf(Fallback.values())),
                maybe(this::message),
                bytes(bodyLength),
                maybe(this::listVersion),
                maybe(this::capsule));
    }

    ServerFrame.Deliver deliver(int bodyLength) {
        return new ServerFrame.Deliver(number(), message(), duration(), oneOf(Urgency.values()), bytes(bodyLength));
    }

    private ClientFrame.Resume resume() {
        return new ClientFrame.Resume(session(), number());
    }

    private Bodies.Incoming incoming() {
        return new Bodies.Incoming(message(), duration(), oneOf(Urgency.values()), bytes(random.nextInt(300)));
    }

    private Problem problem() {
        return new Problem(
                oneOf(ProblemType.values()),
                maybe(this::text),
                maybe(this::number),
                maybe(this::duration),
                new Difference(
                        random.nextBoolean() ? listVersion() : 0,
                        some(this::device),
                        some(this::device),
                        some(this::device),
                        some(this::device)),
                some(() -> oneOf(Alternative.values())),
                maybe(this::text));
    }

    private <T> List<T> some(Supplier<T> item) {
        return IntStream.range(0, random.nextInt(4)).mapToObj(i -> item.get()).toList();
    }

    private <T> @Nullable T maybe(Supplier<T> value) {
        return random.nextBoolean() ? value.get() : null;
    }

    private <T> T oneOf(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private Set<Scope> scopes() {
        EnumSet<Scope> scopes = EnumSet.noneOf(Scope.class);
        Arrays.stream(Scope.values()).filter(scope -> flag()).forEach(scopes::add);
        return scopes;
    }

    private String text() {
        return Stream.generate(
                        () -> oneOf(new String[] {"a", "\"", "\\", "\n", "é", "地", "\ud83d\ude00", "\u0000", "/"}))
                .limit(random.nextInt(20))
                .reduce("", String::concat);
    }

    /** Of every magnitude, the largest and zero included. */
    private long number() {
        return switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> Formats.MAX_NUMBER;
            default -> random.nextLong() >>> (11 + random.nextInt(53));
        };
    }

    private int integer() {
        return random.nextInt() >>> (1 + random.nextInt(31));
    }

    private boolean flag() {
        return random.nextBoolean();
    }

    private Duration duration() {
        return Duration.ofMillis(number());
    }

    private Instant instant() {
        return Instant.ofEpochMilli(number());
    }

    private Tag tag() {
        return new Tag(bytes(32));
    }

    private DeviceId device() {
        return new DeviceId(bytes(16));
    }

    private MessageId message() {
        return new MessageId(bytes(16));
    }

    private SessionId session() {
        return new SessionId(bytes(16));
    }

    Opaque bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Opaque.wrap(bytes);
    }
}
