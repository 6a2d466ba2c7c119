package lethe.launcher.installation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Key;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lethe.client.http.TaggerHttp;
import lethe.client.http.Trust;
import lethe.client.permit.HeldPermit;
import lethe.client.tagging.TagAnswer;
import lethe.client.tagging.TagClient;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.Tag;
import lethe.loadtest.process.Child;
import lethe.loadtest.process.Program;
import lethe.loadtest.process.TaggerProcess;
import lethe.oprf.Fault;
import lethe.oprf.PinnedKey;
import lethe.registrar.tagger.TaggerCommand;
import lethe.wire.Encoding;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Phones and taggers, each tagger a real process: one with the whole key, two with a share each, over TLS. */
class TaggersTest {
    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final String PASSWORD = "changeit";

    private final List<Child> running = new ArrayList<>();
    private final KnownVerifier verifier = new KnownVerifier();
    private final HeldPermit permit = verifier.permit();

    @TempDir
    private Path directory;

    @AfterEach
    void endAll() {
        running.forEach(Child::close);
    }

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void tagsStayTheSameWhileTheKeyIsSplitAndRefreshed() throws Exception {
        PinnedKey pinned = makeKey();
        certificate();
        Child whole = start("tagger");
        List<Tag> tags = tags(pinned, whole);
        assertThat(tags).hasSize(12).doesNotHaveDuplicates();

        operator("key", "split", file("tagger"), file("one"), file("other"));
        Child one = start("one");
        Child other = start("other");
        assertThat(tags(pinned, one, other)).isEqualTo(tags);
        assertThat(ask(pinned, one)).isEqualTo(new TagAnswer.NotBelieved(Fault.OTHER_KEY));

        operator("key", "give", file("one"), file("difference"));
        one.close();
        Child newOne = start("one");
        assertThat(ask(pinned, newOne, other)).isEqualTo(new TagAnswer.NotBelieved(Fault.OTHER_KEY));
        operator("key", "take", file("other"), file("difference"));
        other.close();
        assertThat(tags(pinned, newOne, start("other"))).isEqualTo(tags);

        whole.kill();
        assertThat(ask(pinned, whole)).isInstanceOf(TagAnswer.Unreachable.class);
        assertThat(Files.readString(log("tagger"))).doesNotContain("+49", secret("tagger"));
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void aTaggerForDevelopmentFindsItsKeyAgain() throws Exception {
        PinnedKey made;
        try (TaggerProcess tagger = TaggerProcess.start(directory, 0)) {
            made = tagger.pinned();
        }
        try (TaggerProcess tagger = TaggerProcess.start(directory, 0)) {
            TaggerHttp http = new TaggerHttp(HttpClient.newHttpClient(), tagger.address(), Encoding.JSON);

            assertThat(tagger.pinned()).isEqualTo(made);
            assertThat(ask(made, List.of(http))).isInstanceOf(TagAnswer.Tags.class);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(
                        directory.resolve("tagger").resolve("tagger.key"))))
                .isEqualTo("rw-------");
    }

    private PinnedKey makeKey() {
        String printed = operator("--key", file("tagger"), "--make-key");
        return PinnedKey.fromText(printed.strip().substring("key ".length())).orElseThrow();
    }

    private Child start(String name) throws IOException {
        List<String> arguments = List.of(
                "tagger",
                "--key",
                file(name),
                "--port",
                "0",
                "--certificate",
                directory.resolve("chain.pem").toString(),
                "--private-key",
                directory.resolve("tls.pem").toString(),
                "--verifier",
                verifier.pinned(),
                "--exit-with-parent");
        List<String> java = List.of("-XX:+UseSerialGC", "-Xmx64m");
        Child child = Child.start(name, Program.current().command(java, arguments), log(name), GRACE);
        running.add(child);
        return child;
    }

    private static List<PlainIdentifier> numbers() {
        return IntStream.range(0, 12)
                .mapToObj(i -> PlainIdentifier.of(PlainIdentifier.Kind.NUMBER, "+49151" + (10_000_000 + i)))
                .toList();
    }

    private List<Tag> tags(PinnedKey pinned, Child... taggers) throws Exception {
        return ((TagAnswer.Tags) ask(pinned, taggers)).tags();
    }

    private TagAnswer ask(PinnedKey pinned, Child... taggers) throws Exception {
        HttpClient http = HttpClient.newBuilder()
                .sslContext(Trust.in(directory.resolve("chain.pem")).orElseThrow())
                .build();
        List<TaggerHttp> asked = new ArrayList<>();
        for (Child tagger : taggers) {
            URI address = URI.create(tagger.awaitReady("tagger", START));
            assertThat(address.getScheme()).isEqualTo("https");
            asked.add(new TaggerHttp(http, address, Encoding.CBOR));
        }
        return ask(pinned, asked);
    }

    private TagAnswer ask(PinnedKey pinned, List<TaggerHttp> asked) throws Exception {
        return new TagClient(pinned, asked, ForkJoinPool.commonPool(), new SecureRandom())
                .showing(permit, Clock.systemUTC())
                .tags(numbers())
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }

    private static String operator(String... arguments) {
        StringWriter out = new StringWriter();
        assertThat(new CommandLine(new TaggerCommand())
                        .setOut(new PrintWriter(out))
                        .execute(arguments))
                .isZero();
        return out.toString();
    }

    private String file(String name) {
        return directory.resolve(name + ".key").toString();
    }

    private Path log(String name) {
        return directory.resolve(name + ".log");
    }

    private String secret(String name) throws IOException {
        return Files.readString(Path.of(file(name))).substring(2, 45);
    }

    private void certificate() throws Exception {
        Path store = directory.resolve("store.p12");
        List<String> command = Stream.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair -alias tagger -keyalg EC -dname CN=tagger -ext san=ip:127.0.0.1 -storetype PKCS12",
                        "-storepass " + PASSWORD + " -keystore " + store)
                .flatMap(words -> Stream.of(words.split(" ", -1)))
                .toList();
        assertThat(new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor())
                .isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        Key key = keys.getKey("tagger", PASSWORD.toCharArray());
        writePem("chain.pem", "CERTIFICATE", keys.getCertificate("tagger").getEncoded());
        writePem("tls.pem", "PRIVATE KEY", key.getEncoded());
    }

    private void writePem(String name, String kind, byte[] der) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.writeString(
                directory.resolve(name),
                "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n",
                StandardCharsets.US_ASCII);
    }
}
