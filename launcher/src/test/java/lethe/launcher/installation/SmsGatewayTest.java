package lethe.launcher.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.Done;
import akka.actor.typed.ActorSystem;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ServerSocketFactory;
import lethe.broker.sms.GatewayClient;
import lethe.broker.sms.GatewaySettings;
import lethe.broker.sms.PutOutcome;
import lethe.broker.sms.ReportOutcome;
import lethe.broker.sms.ReportReader;
import lethe.broker.sms.SmsAnswer;
import lethe.broker.sms.SmsCounts;
import lethe.broker.sms.SmsNames;
import lethe.broker.sms.SmsOrder;
import lethe.broker.sms.SmsRecipients;
import lethe.client.sealing.SmsContent;
import lethe.client.sealing.SmsWording;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.SubscriberId;
import lethe.core.protocol.SmsEnd;
import lethe.loadtest.process.GatewayProcess;
import lethe.loadtest.process.RegistrarPort;
import lethe.loadtest.process.TlsFiles;
import lethe.registrar.sms.centre.Behaviour;
import lethe.registrar.sms.centre.Behaviour.Order;
import lethe.registrar.sms.centre.DevelopmentCentre;
import lethe.registrar.sms.centre.Received;
import org.jsmpp.bean.MessageType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A broker's side of SMS, and the gateway: a real process, which is killed, with a real SMS centre behind it. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class SmsGatewayTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NUMBER = "+4915110000001";

    /** What the centre calls the first SMS. */
    private static final int FIRST_ID = 0x1a2b3c;

    /** Bytes of the journal for an SMS that may have been sent, and has no answer. */
    private static final int TAKEN_AND_BEGUN = 133 + 41;

    private static final SubscriberId RECIPIENT = new SubscriberId(filled(32, 1));
    private static final Opaque PAYER = filled(16, 2);

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<Told> told = new CopyOnWriteArrayList<>();
    private final List<ActorSystem<?>> readers = new ArrayList<>();
    private final SecureRandom random = new SecureRandom();
    private final SmsNames names = SmsNames.under(filled(32, 3), random);
    private final SmsCounts counts = new SmsCounts();

    @TempDir
    private Path directory;

    private DevelopmentCentre centre;
    private GatewayProcess gateway;
    private GatewayClient client;

    private record Told(SubscriberId recipient, MessageId message, SmsEnd end) {}

    private static Opaque filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return Opaque.wrap(bytes);
    }

    @BeforeEach
    void open() throws Exception {
        centre = centre(0);
        gateway = GatewayProcess.start(directory, 0, centre.port());
        client = client(inClear());
    }

    private DevelopmentCentre centre(int port) throws IOException {
        return DevelopmentCentre.open(
                port, "sesame", Behaviour.good(), ServerSocketFactory.getDefault(), received::add);
    }

    private GatewaySettings inClear() {
        return settings(gateway.address(), Path.of(""), Path.of(""), Path.of(""));
    }

    private static GatewaySettings settings(URI url, Path authorities, Path certificate, Path privateKey) {
        return new GatewaySettings(url, authorities, certificate, privateKey, 8, 100, Duration.ofSeconds(20));
    }

    private GatewayClient client(GatewaySettings settings) {
        return GatewayClient.of(settings, counts, random, Clock.systemUTC());
    }

    @AfterEach
    void close() throws Exception {
        for (ActorSystem<?> reader : readers) {
            end(reader);
        }
        gateway.close();
        centre.close();
    }

    private static void end(ActorSystem<?> reader) throws Exception {
        reader.terminate();
        reader.getWhenTerminated().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Starts it anew where it was. */
    private void startAgain() throws Exception {
        gateway = GatewayProcess.start(directory, gateway.address().getPort(), centre.port());
    }

    private ActorSystem<?> reader(SmsRecipients recipients) {
        ActorSystem<?> reader = ActorSystem.create(
                ReportReader.create(client, names, recipients, counts, Clock.systemUTC()),
                "reader",
                ConfigFactory.load());
        readers.add(reader);
        return reader;
    }

    /** Recipients who have it at once. */
    private CompletionStage<Done> durable(SubscriberId recipient, MessageId message, SmsEnd end) {
        told.add(new Told(recipient, message, end));
        return CompletableFuture.completedFuture(Done.getInstance());
    }

    private MessageId id() {
        byte[] bytes = new byte[MessageId.LENGTH];
        random.nextBytes(bytes);
        return new MessageId(Opaque.wrap(bytes));
    }

    private SmsOrder order(MessageId id) {
        return order(id, names);
    }

    private SmsOrder order(MessageId id, SmsNames by) {
        Instant expires = Instant.now().plus(Duration.ofHours(1));
        SmsContent content = new SmsContent(
                PlainIdentifier.of(PlainIdentifier.Kind.NUMBER, NUMBER),
                new SmsWording.Text("hello " + random.nextInt()),
                expires,
                255);
        return new SmsOrder(gateway.pinned().seal(content, id, random), expires, PAYER, by.label(id, RECIPIENT));
    }

    private SmsAnswer put(MessageId id, SmsOrder order) throws Exception {
        return client.put(id, order).toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private void taken(MessageId id, SmsOrder order) throws Exception {
        assertThat(put(id, order)).isInstanceOf(SmsAnswer.Taken.class);
    }

    private MessageId sent() throws Exception {
        MessageId id = id();
        taken(id, order(id));
        return id;
    }

    private void awaitTold(Told... expected) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(told).contains(expected));
    }

    private void awaitForgotten() {
        await().atMost(PATIENCE)
                .until(() -> client.reports("", Duration.ZERO)
                        .toCompletableFuture()
                        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                        .filter(page -> page.reports().isEmpty())
                        .isPresent());
    }

    private static Told delivered(MessageId id) {
        return new Told(RECIPIENT, id, SmsEnd.DELIVERED);
    }

    @Test
    void tellsTheRecipientAndHasItForgotten() throws Exception {
        reader(this::durable);
        MessageId one = sent();
        MessageId other = sent();

        awaitTold(delivered(one), delivered(other));
        awaitForgotten();
        assertThat(received).hasSize(2);
        assertThat(told).hasSize(2);
        assertThat(counts.count(ReportOutcome.DELIVERED)).isEqualTo(2);
        assertThat(counts.lastRead()).isPresent();
        assertThat(Files.readString(gateway.log())).doesNotContain(NUMBER, one.toText(), RECIPIENT.toText());
    }

    @Test
    void doesTheSameOverTlsAndForNobodyElse() throws Exception {
        InetAddress here = InetAddress.getLoopbackAddress();
        TlsFiles server = TlsFiles.make("gateway", directory, here);
        TlsFiles own = TlsFiles.make("broker", directory, here);
        gateway.close();
        gateway = GatewayProcess.start(directory, new RegistrarPort(here, 0, server), own.chain(), centre.port());
        URI url = gateway.address();
        assertThat(url.getScheme()).isEqualTo("https");

        client = client(settings(url, server.chain(), server.chain(), server.privateKey()));
        MessageId id = id();
        assertThat(put(id, order(id))).as("a stranger").isInstanceOf(SmsAnswer.Busy.class);
        client = client(settings(url, own.chain(), own.chain(), own.privateKey()));
        assertThat(put(id, order(id))).as("to a stranger").isInstanceOf(SmsAnswer.Busy.class);
        assertThat(counts.count(PutOutcome.AWAY)).isEqualTo(2);
        assertThat(received).isEmpty();

        client = client(settings(url, server.chain(), own.chain(), own.privateKey()));
        reader(this::durable);
        awaitTold(delivered(sent()));
        awaitForgotten();
    }

    @Test
    void hearsOfWhatWasSentBeforeTheGatewayWasKilled() throws Exception {
        centre.behave(Behaviour.good().reporting(Order.NONE));
        reader(this::durable);
        long before = journalBytes();
        MessageId id = sent();
        // The centre has answered, and its answer is in the journal: more than what stands there before it.
        await().atMost(PATIENCE).until(() -> received.size() == 1 && journalBytes() > before + TAKEN_AND_BEGUN);
        gateway.kill();
        startAgain();
        awaitBound();

        await().atMost(PATIENCE).until(() -> {
            centre.deliver("4915110000001", MessageType.SMSC_DEL_RECEIPT, "id:" + FIRST_ID + " stat:DELIVRD");
            return told.contains(delivered(id));
        });
        awaitForgotten();
        assertThat(received).hasSize(1);
    }

    private long journalBytes() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("gateway").resolve("journal"))) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private void awaitBound() {
        await("bound").atMost(PATIENCE).until(() -> centre.bound() > 0);
    }

    @Test
    void putsAgainWhatAKilledGatewayHadNotSent() throws Exception {
        centre.close();
        await("unbound").atMost(PATIENCE).until(() -> centre.bound() == 0);
        MessageId id = id();
        SmsOrder order = order(id);
        taken(id, order);
        gateway.kill();
        centre = centre(centre.port());
        startAgain();
        awaitBound();
        // As an actor does that has the capsule; so the end may be there before the first report is acknowledged.
        reader((recipient, message, end) -> end == SmsEnd.UNSENT
                ? client.put(message, order).thenCompose(answer -> durable(recipient, message, end))
                : durable(recipient, message, end));

        awaitTold(new Told(RECIPIENT, id, SmsEnd.UNSENT), delivered(id));
        awaitForgotten();
        assertThat(received).hasSize(1);
    }

    @Test
    void isToldAgainWhenTheReaderDiedBeforeItWasDurable() throws Exception {
        ActorSystem<?> first = reader((recipient, message, end) -> {
            told.add(new Told(recipient, message, end));
            return new CompletableFuture<>();
        });
        MessageId id = sent();
        awaitTold(delivered(id));
        end(first);
        told.clear();

        reader(this::durable);
        awaitTold(delivered(id));
        awaitForgotten();
    }

    @Test
    void isToldAgainWhenTheRecipientCouldNotBeHad() throws Exception {
        List<MessageId> had = new CopyOnWriteArrayList<>();
        reader((recipient, message, end) -> {
            if (had.contains(message)) {
                return durable(recipient, message, end);
            }
            had.add(message);
            return CompletableFuture.failedFuture(new IOException("no store"));
        });
        MessageId one = sent();
        await().atMost(PATIENCE).until(() -> had.contains(one));
        had.clear();
        had.add(one);
        MessageId other = sent();

        awaitTold(delivered(one), delivered(other));
        awaitForgotten();
        assertThat(counts.count(ReportOutcome.DELIVERED)).isEqualTo(2);
    }

    @Test
    void doesTheWorkTwiceAndNoHarmWithTwoReaders() throws Exception {
        reader(this::durable);
        reader(this::durable);
        List<MessageId> ids = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            ids.add(sent());
        }

        awaitTold(ids.stream().map(SmsGatewayTest::delivered).toArray(Told[]::new));
        awaitForgotten();
        assertThat(Set.copyOf(told)).hasSize(40);
        assertThat(received).hasSize(40);
    }

    @Test
    void waitsForAGatewayThatIsAway() throws Exception {
        reader(this::durable);
        MessageId id = id();
        SmsOrder order = order(id);
        gateway.close();
        assertThat(put(id, order)).isInstanceOf(SmsAnswer.Busy.class);
        startAgain();

        await().atMost(PATIENCE).until(() -> put(id, order) instanceof SmsAnswer.Taken);
        awaitTold(delivered(id));
        awaitForgotten();
    }

    @Test
    void dropsWhatIsNotOfItsOwn() throws Exception {
        reader(this::durable);
        MessageId strange = id();
        taken(strange, order(strange, SmsNames.under(filled(32, 4), random)));
        MessageId mislabelled = id();
        SmsOrder order = order(mislabelled);
        taken(mislabelled, new SmsOrder(order.capsule(), order.expires(), order.payer(), names.label(id(), RECIPIENT)));
        MessageId own = sent();

        awaitTold(delivered(own));
        await().atMost(PATIENCE).until(() -> counts.count(ReportOutcome.UNREADABLE) == 2);
        awaitForgotten();
        assertThat(told).containsExactly(delivered(own));
    }
}
