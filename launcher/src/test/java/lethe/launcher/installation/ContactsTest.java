package lethe.launcher.installation;

import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import lethe.broker.AdminCommand;
import lethe.client.http.TaggerHttp;
import lethe.client.tagging.TagAnswer;
import lethe.client.tagging.TagClient;
import lethe.core.consent.Scope;
import lethe.core.identity.DeviceId;
import lethe.core.identity.Opaque;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.Tag;
import lethe.device.http.BrokerHttp;
import lethe.device.http.Fleet;
import lethe.device.http.RequestSigner;
import lethe.device.phone.PhoneCommand;
import lethe.device.store.Identity;
import lethe.loadtest.process.Installation;
import lethe.loadtest.process.InstallationPlan;
import lethe.loadtest.process.TaggerProcess;
import lethe.wire.Encoding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A phone, a broker, its Cassandra and a tagger, the last three real processes: from numbers to who can be reached. */
class ContactsTest {
    private static final String ALICE = "+4915110000001";
    private static final String BOB = "+4915110000002";
    private static final Duration SOON = Duration.ofSeconds(60);

    private final SecureRandom random = new SecureRandom();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Fleet patience = Fleet.within(Duration.ofSeconds(30));

    @TempDir
    private Path directory;

    @Test
    @Timeout(value = 4, unit = TimeUnit.MINUTES)
    void findsTheNumbersWhoseOwnersAgreedToBeFound() throws Exception {
        Path home = directory.resolve("installation");
        try (Installation installation = Installation.start(InstallationPlan.in(home)
                        .withQuickCassandra()
                        .withBrokerJava("-XX:+UseSerialGC", "-Xmx256m")
                        .with("lethe.lookup.full-every", "4 s")
                        .with("lethe.lookup.delta-every", "1 s"));
                TaggerProcess tagger = TaggerProcess.start(directory, 0)) {
            BrokerHttp alice = phone(installation.address(), identity(tag(tagger, ALICE)), Scope.DISCOVERABLE);
            phone(installation.address(), identity(tag(tagger, BOB)));

            await().atMost(SOON).until(() -> contacts(installation, tagger, home), ALICE::equals);
            patience.await(alice.optOut());
            await().atMost(SOON).until(() -> contacts(installation, tagger, home), String::isEmpty);
        }
    }

    /** The numbers that are found, as the command prints them. */
    private String contacts(Installation installation, TaggerProcess tagger, Path home) throws Exception {
        Path numbers = Files.write(directory.resolve("numbers"), List.of(BOB, ALICE));
        String key = printed(
                new AdminCommand(),
                "lookup-key",
                "-D",
                "lethe.identity.key-file=" + home.resolve("broker").resolve("identity.key"));
        String found = printed(
                new PhoneCommand(),
                "--broker",
                installation.address().toString(),
                "--home",
                directory.resolve("home").toString(),
                "carol",
                "contacts",
                "--file",
                numbers.toString(),
                "--lookup-key",
                key,
                "--pinned",
                tagger.pinned().toText(),
                "--tagger",
                tagger.address().toString());
        return found.isEmpty() ? "" : found.substring(0, found.indexOf(' '));
    }

    private static String printed(Object command, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = new CommandLine(command)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        // A set may be replaced while it is fetched, when days have seconds.
        return exitCode == 0 ? out.toString().strip() : err.toString().strip() + " ";
    }

    private BrokerHttp phone(URI broker, Identity identity, Scope... scopes) throws Exception {
        BrokerHttp phone =
                new BrokerHttp(http, broker, Encoding.CBOR, new RequestSigner(identity, Clock.systemUTC(), random));
        Set<Scope> agreed = scopes.length == 0 ? Set.of(Scope.IP) : Set.of(Scope.IP, scopes[0]);
        patience.await(phone.optIn(identity.consent(
                patience.await(phone.policy()), agreed, Clock.systemUTC().instant())));
        return phone;
    }

    private Identity identity(Tag tag) throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] device = new byte[DeviceId.LENGTH];
        random.nextBytes(device);
        return Identity.of(
                new DeviceId(Opaque.wrap(device)),
                tag,
                Opaque.wrap(pair.getPrivate().getEncoded()),
                Opaque.wrap(pair.getPublic().getEncoded()));
    }

    private Tag tag(TaggerProcess tagger, String typed) throws Exception {
        TagAnswer answer = new TagClient(
                        tagger.pinned(),
                        List.of(new TaggerHttp(http, tagger.address(), Encoding.CBOR)),
                        ForkJoinPool.commonPool(),
                        random)
                .tags(List.of(PlainIdentifier.of(PlainIdentifier.Kind.NUMBER, typed)))
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
        return ((TagAnswer.Tags) answer).tags().get(0);
    }
}
