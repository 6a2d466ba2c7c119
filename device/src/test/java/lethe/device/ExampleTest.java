package lethe.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lethe.client.http.Answer;
import lethe.core.consent.Scope;
import lethe.core.protocol.Bodies;
import lethe.device.store.Opening;
import lethe.device.store.VaultKey;
import lethe.seal.content.Content;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExampleTest {
    private static final Path SOURCE = Path.of("src/test/java/lethe/device/Example.java");
    private static final Path PAGE = Path.of("../docs/library.md");
    private static final Pattern PROGRAM = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path files;

    @Test
    void reachesBob() {
        Queue<LetheEvent> heard = new ConcurrentLinkedQueue<>();
        try (LyingBroker broker = new LyingBroker(Clock.systemUTC());
                Lethe bob = open("bob", broker, heard::add)) {
            Answer<Bodies.PolicyInForce> policy =
                    bob.policy().toCompletableFuture().join();
            bob.optIn(((Answer.Good<Bodies.PolicyInForce>) policy).value(), Set.of(Scope.IP))
                    .toCompletableFuture()
                    .join();
            bob.connect();
            await().until(() -> broker.directory.has(bob.client().device()));

            Example.write(files.resolve("alice"), broker.uri(), bob.address());

            // What the program did not send before its end is on the phone's disk.
            try (Lethe alice = open("alice", broker, event -> {})) {
                alice.connect();
                await().untilAsserted(() -> assertThat(texts(heard)).containsExactly("Hello"));
            }
        }
    }

    private Lethe open(String name, LyingBroker broker, LetheListener listener) {
        Opening<Lethe> opened = Lethe.open(files.resolve(name), broker.uri(), VaultKey.none(), listener);
        return ((Opening.Opened<Lethe>) opened).value();
    }

    private static List<String> texts(Queue<LetheEvent> heard) {
        return heard.stream()
                .filter(LetheEvent.Received.class::isInstance)
                .map(event -> ((Content.Text) ((LetheEvent.Received) event).content()).body())
                .toList();
    }

    @Test
    void isWhatThePageShows() throws IOException {
        Matcher program = PROGRAM.matcher(Files.readString(PAGE));
        assertThat(program.find()).isTrue();
        String shown = Objects.requireNonNull(program.group(1))
                .replace("Path.of(\"phone\")", "directory")
                .replace("URI.create(\"http://127.0.0.1:8080\")", "broker");

        assertThat(withoutSpace(Files.readString(SOURCE))).contains(withoutSpace(shown));
    }

    private static String withoutSpace(String source) {
        return source.replaceAll("\\s", "");
    }
}
