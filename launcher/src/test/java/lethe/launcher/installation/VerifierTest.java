package lethe.launcher.installation;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lethe.client.http.TaggerHttp;
import lethe.client.http.VerifierHttp;
import lethe.client.tagging.TagAnswer;
import lethe.client.tagging.TagClient;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.SessionId;
import lethe.core.protocol.VerifierBodies.Registration;
import lethe.device.http.Fleet;
import lethe.device.registration.Proof;
import lethe.device.registration.RegistrationClient;
import lethe.loadtest.process.TaggerProcess;
import lethe.loadtest.process.VerifierProcess;
import lethe.wire.Encoding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A phone, a verifier and a tagger, the last two real processes as {@code lethe dev} starts them. */
class VerifierTest {
    private static final PlainIdentifier NUMBER = PlainIdentifier.of(PlainIdentifier.Kind.NUMBER, "+4915110000001");
    private static final Pattern CODE = Pattern.compile("sms ([0-9]{6}) ");

    private final Fleet patience = Fleet.within(Duration.ofSeconds(30));

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

    private SessionId opened(RegistrationClient client) throws Exception {
        Registration opened = patience.await(client.open(NUMBER));
        return opened.id();
    }

    private static String code(Path log) throws Exception {
        Matcher found = CODE.matcher(Files.readString(log));
        assertThat(found.find()).isTrue();
        return found.group(1);
    }
}
