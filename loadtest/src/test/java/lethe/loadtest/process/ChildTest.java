package lethe.loadtest.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ChildTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    @Test
    void isReadyWhereItSaysSo() throws Exception {
        try (var child = shell("echo starting; echo 'broker ready http://127.1.2.3:8080'; read _")) {
            assertThat(child.awaitReady("broker", SOON)).isEqualTo("http://127.1.2.3:8080");
        }
        assertThat(Files.readString(log())).startsWith("starting\nbroker ready");
    }

    @Test
    void tellsWhyItIsNotReady() throws Exception {
        try (var child = shell("echo 'the port is taken' >&2; exit 3")) {
            assertThatThrownBy(() -> child.awaitReady("broker", SOON))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("status 3")
                    .hasMessageContaining("the port is taken");
        }
    }

    @Test
    void isNotAwaitedForEver() throws Exception {
        try (var child = shell("echo busy; read _")) {
            assertThatThrownBy(() -> child.awaitReady("broker", Duration.ofMillis(200)))
                    .hasMessageContaining("'broker ready'");
        }
    }

    @Test
    void endsWhenItsInputEnds() throws Exception {
        var child = shell("read _; exit 7");
        child.close();
        assertThat(child.ended().get(20, TimeUnit.SECONDS)).isEqualTo(7);
    }

    @Test
    void isKilledWhenItDoesNotEnd() throws Exception {
        var child = Child.start(
                "stubborn",
                List.of("/bin/sh", "-c", "while :; do read _ || exec sleep 50; done"),
                log(),
                Duration.ofMillis(300));
        child.close();
        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void killingLeavesNoTimeToTidyUp() throws Exception {
        var child = shell("trap 'echo tidy' TERM EXIT; echo 'it ready now'; read _");
        child.awaitReady("it", SOON);
        child.kill();
        assertThat(child.ended().get(20, TimeUnit.SECONDS)).isEqualTo(128 + 9);
        assertThat(Files.readString(log())).doesNotContain("tidy");
    }

    /** As a terminal does: Ctrl-C reaches the whole foreground group, and the children end in turn, not at once. */
    @Test
    void doesNotHearTheTerminal() throws Exception {
        try (var child = shell("echo 'it ready now'; while read line; do echo \"heard $line\"; done")) {
            child.awaitReady("it", SOON);
            new ProcessBuilder("kill", "-INT", Long.toString(child.pid()))
                    .start()
                    .waitFor();
            new ProcessBuilder("kill", "-HUP", Long.toString(child.pid()))
                    .start()
                    .waitFor();
            Awaitility.await().during(Duration.ofMillis(300)).atMost(SOON).until(child::isAlive);
        }
    }

    @Test
    void cannotOutliveItsParent() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var parent = new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), Parent.class.getName(), log().toString())
                .redirectErrorStream(true)
                .start();
        var child = Long.parseLong(parent.inputReader().readLine());
        assertThat(ProcessHandle.of(child)).isPresent();
        parent.destroyForcibly().waitFor();
        Awaitility.await().atMost(SOON).until(() -> ProcessHandle.of(child).isEmpty());
    }

    /** Starts a child that waits for the end of its input, prints its process id, and waits for ever. */
    static final class Parent {
        public static void main(String[] arguments) throws Exception {
            var child = Child.start(
                    "orphan", List.of("/bin/sh", "-c", "read _"), Path.of(arguments[0]), Duration.ofSeconds(5));
            System.out.println(child.pid());
            Thread.currentThread().join();
        }
    }

    private Child shell(String script) throws IOException {
        return Child.start("child", List.of("/bin/sh", "-c", script), log(), Duration.ofSeconds(20));
    }

    private Path log() {
        return directory.resolve("child.log");
    }
}
