package lethe.launcher.installation;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import lethe.client.http.Answer;
import lethe.client.http.TaggerHttp;
import lethe.client.http.VerifierHttp;
import lethe.client.tagging.TagAnswer;
import lethe.client.tagging.TagClient;
import lethe.core.consent.Scope;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.SessionId;
import lethe.core.ownership.Ownership;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.CloseReason;
import lethe.core.protocol.ProblemType;
import lethe.core.protocol.VerifierBodies.Registration;
import lethe.device.DeviceClient;
import lethe.device.DeviceEvent;
import lethe.device.DeviceListener;
import lethe.device.DeviceRuntime;
import lethe.device.DeviceSettings;
import lethe.device.http.Fleet;
import lethe.device.outbox.Terms;
import lethe.device.registration.Proof;
import lethe.device.registration.RegistrationClient;
import lethe.device.sms.SmsResult;
import lethe.device.store.Identity;
import lethe.device.store.MemoryStore;
import lethe.loadtest.process.Installation;
import lethe.loadtest.process.InstallationPlan;
import lethe.loadtest.process.TaggerProcess;
import lethe.loadtest.process.VerifierProcess;
import lethe.wire.Encoding;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A phone, a verifier and a tagger, the last two real processes as {@code lethe dev} starts them. */
class VerifierTest {
    private static final PlainIdentifier NUMBER = PlainIdentifier.of(PlainIdentifier.Kind.NUMBER, "+4915110000001");
    private static final Pattern CODE = Pattern.compile("sms ([0-9]{6}) ");

    private final Fleet patience = Fleet.within(Duration.ofSeconds(30));

    private final List<DeviceEvent> tabletHears = new CopyOnWriteArrayList<>();
    private DeviceRuntime runtime;
    private DeviceSettings settings;

    @TempDir
    private Path directory;

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void signsTheTagThatThePhoneWouldHaveAskedFor() throws Exception {
        try (TaggerProcess tagger = TaggerProcess.start(directory, 0, VerifierProcess.key(directory));
                VerifierProcess verifier = VerifierProcess.start(directory, 0, tagger)) {
            HttpClient http = HttpClient.newHttpClient();
            RegistrationClient client = new RegistrationClient(
                    verifier.pinned(),
                    new VerifierHttp(http, verifier.address(), Encoding.JSON),
                    new DeviceKey(Opaque.wrap(new byte[32])),
                    new SecureRandom(),
                    Clock.systemUTC());
            SessionId session = opened(client);
            patience.await(client.requestCode(session));

            Proof proof = client.submit(session, code(verifier.log()))
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);

            TagAnswer asked = new TagClient(
                            tagger.pinned(),
                            List.of(new TaggerHttp(http, tagger.address(), Encoding.CBOR)),
                            ForkJoinPool.commonPool(),
                            new SecureRandom())
                    .showing(((Proof.Given) proof).permit(), Clock.systemUTC())
                    .tags(List.of(NUMBER))
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
            assertThat(((TagAnswer.Tags) asked).tags())
                    .containsExactly(((Proof.Given) proof).ownership().tag());
            assertThat(Files.readString(verifier.log())).doesNotContain("4915110000001");
        }
    }

    @Test
    @Timeout(value = 4, unit = TimeUnit.MINUTES)
    void letsAPhoneAndItsTabletInWhereNobodyElseIs() throws Exception {
        try (TaggerProcess tagger = TaggerProcess.start(directory, 0);
                VerifierProcess verifier = VerifierProcess.start(directory, 0, tagger);
                Installation installation = Installation.start(InstallationPlan.in(directory)
                        .withQuickCassandra()
                        .with("lethe.registration.open", "off")
                        .with(
                                "lethe.registration.verifiers.0",
                                verifier.pinned().toText()))) {
            runtime = DeviceRuntime.ofThreads(2);
            settings = DeviceSettings.of(installation.address());
            Identity drawn = Identity.draw(runtime.random());
            MemoryStore proven =
                    new MemoryStore(drawn, proof(verifier, drawn.account().orElseThrow()));
            Identity tabletIdentity =
                    Identity.draw(runtime.random()).linkedTo(proven.identity().tag());
            try (DeviceClient stranger = client(new MemoryStore(Identity.draw(runtime.random())), event -> {});
                    DeviceClient phone = client(proven, event -> {});
                    DeviceClient tablet = client(new MemoryStore(tabletIdentity), tabletHears::add)) {
                assertThat(problem(optIn(stranger))).isEqualTo(ProblemType.NOT_PROVEN);
                patience.await(optIn(phone));
                assertThat(problem(optIn(tablet))).isEqualTo(ProblemType.OTHER_DEVICE);

                patience.await(phone.devices().add(tabletIdentity.listed()));
                patience.await(optIn(tablet));
                phone.connect();
                tablet.connect();
                Opaque body = Opaque.wrap("hello, tablet".getBytes(StandardCharsets.UTF_8));
                var unused = phone.send(phone.newId(), phone.address(), tablet.device(), body, Terms.usual(), null);
                awaitAtTheTablet(event -> event instanceof DeviceEvent.Received received
                        && received.body().equals(body));

                patience.await(phone.devices().remove(tablet.device()));
                awaitAtTheTablet(event -> event instanceof DeviceEvent.Disconnected disconnected
                        && disconnected.code() == CloseReason.ERASED.code()
                        && disconnected.retry() == null);
            }
        }
    }

    private void awaitAtTheTablet(Predicate<DeviceEvent> wanted) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(tabletHears).anyMatch(wanted));
    }

    private DeviceClient client(MemoryStore store, DeviceListener listener) {
        return new DeviceClient(
                settings, runtime, store, (id, sms) -> CompletableFuture.completedFuture(SmsResult.FAILED), listener);
    }

    private CompletionStage<Answer<Bodies.ConsentOnFile>> optIn(DeviceClient client) throws Exception {
        return client.optIn(patience.await(client.policy()), Set.of(Scope.IP));
    }

    private static ProblemType problem(CompletionStage<Answer<Bodies.ConsentOnFile>> answer) throws Exception {
        Answer<Bodies.ConsentOnFile> given = answer.toCompletableFuture().get(30, TimeUnit.SECONDS);
        return ((Answer.Refused<Bodies.ConsentOnFile>) given).problem().type();
    }

    private Ownership proof(VerifierProcess verifier, DeviceKey account) throws Exception {
        RegistrationClient client = new RegistrationClient(
                verifier.pinned(),
                new VerifierHttp(HttpClient.newHttpClient(), verifier.address(), Encoding.CBOR),
                account,
                new SecureRandom(),
                Clock.systemUTC());
        SessionId session = opened(client);
        patience.await(client.requestCode(session));
        Proof proof = client.submit(session, code(verifier.log()))
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        return ((Proof.Given) proof).ownership();
    }

    private SessionId opened(RegistrationClient client) throws Exception {
        Registration opened = patience.await(client.open(NUMBER));
        return opened.id();
    }

    /** What a process says comes to its log by a thread of its own. */
    private static String code(Path log) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> CODE.matcher(Files.readString(log))
                                .results()
                                .map(found -> found.group(1))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }
}
