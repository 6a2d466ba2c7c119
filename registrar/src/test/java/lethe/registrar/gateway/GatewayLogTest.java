package lethe.registrar.gateway;

import static lethe.registrar.gateway.Installed.config;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ServerSocketFactory;
import lethe.core.protocol.SmsEnd;
import lethe.registrar.sms.centre.Behaviour;
import lethe.registrar.sms.centre.DevelopmentCentre;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** At any level, neither number nor text is in a log, nor in any file. */
class GatewayLogTest {
    private static final List<String> SECRETS = List.of("4915110000001", "CANARY-OF-A-TEXT");

    @TempDir
    private Path directory;

    @Test
    void hasNeitherNumberNorTextInLogsAndFiles() throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Logger jsmpp = (Logger) LoggerFactory.getLogger("org.jsmpp");
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        root.addAppender(log);
        // As the program has it: the library quotes what it sends.
        jsmpp.setLevel(Level.OFF);
        try (DevelopmentCentre centre = DevelopmentCentre.open(
                        0, "sesame", Behaviour.good().failing(50), ServerSocketFactory.getDefault(), any -> {});
                Installed gateway = new Installed(directory, config(centre.port()))) {
            assertThat(gateway.end(gateway.sent("CANARY-OF-A-TEXT"))).isEqualTo(SmsEnd.FAILED);
            centre.cut();
            gateway.sent("CANARY-OF-A-TEXT");
            gateway.gateway.told();
        } finally {
            jsmpp.setLevel(null);
            root.detachAppender(log);
        }

        assertThat(log.list).as("lines at TRACE").isNotEmpty();
        assertThat(log.list)
                .allSatisfy(line -> assertThat(line.getFormattedMessage()).doesNotContain(SECRETS));
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files)
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .doesNotContain(SECRETS));
        }
    }
}
