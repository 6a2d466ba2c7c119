package lethe.registrar.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Objects;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.PlainIdentifier.Kind;
import lethe.registrar.sms.CentreSettings;
import lethe.registrar.sms.IdProfile;
import lethe.registrar.text.Alphabet;
import lethe.registrar.text.Joining;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayFileTest {
    private static final String GOOD = """
            centres {
              a { host = smsc.example, port = 2775, system = lethe, password = sesame, source = Lethe }
              "b.2" {
                host = other.example, port = 3550, tls = on, system = lethe, password = SECRET, source = "+491511"
                binds = 2, window = 10, alphabet = common, joining = sar, ids = hex-decimal
              }
            }
            routes = [
              { prefixes = ["+49", "+43"], centres = [a, "b.2"], price = 7 }
              { prefixes = ["+4915"], centres = ["b.2"], a-minute = 10, a-day = 100 }
            ]
            most-parts = 3
            """;

    @TempDir
    private Path directory;

    @Test
    void saysWhatAGatewayGoesBy() throws IOException {
        GatewaySettings settings = GatewayFile.parse(GOOD);

        CentreSettings centre = Objects.requireNonNull(settings.centres().get("b.2"));
        assertThat(centre.tls()).isNotNull();
        assertThat(centre.binds()).isEqualTo(2);
        assertThat(centre.alphabet()).isEqualTo(Alphabet.COMMON);
        assertThat(centre.joining()).isEqualTo(Joining.PARAMETERS);
        assertThat(centre.ids()).isEqualTo(IdProfile.HEX_DECIMAL);
        assertThat(Objects.requireNonNull(settings.centres().get("a")).window()).isEqualTo(50);
        assertThat(settings.mostParts()).isEqualTo(3);
        assertThat(settings.grace()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.notices().in("de-CH")).startsWith("Du hast");
        assertThat(settings.notices().in("tlh")).startsWith("You have");
        assertThat(settings).hasToString("GatewaySettings[***]");
    }

    @Test
    void sendsANumberByItsLongestPrefix() throws IOException {
        Routes routes = new Routes(GatewayFile.parse(GOOD).routes());

        assertThat(routes.find(number("+4930123456")).orElseThrow().price()).isEqualTo(7);
        assertThat(routes.find(number("+4915123456")).orElseThrow().aMinute()).isEqualTo(10);
        assertThat(routes.find(number("+4313123456")).orElseThrow().prefix()).isEqualTo("+43");
        assertThat(routes.find(number("+4213123456"))).isEmpty();
    }

    @Test
    void isRefusedWithoutBeingQuoted() {
        for (String[] bad : new String[][] {
            {"", "centres"},
            {"centres {}\nroutes = []", "centres"},
            {GOOD + "mots-parts = 3", "mots-parts"},
            {GOOD + "most-parts = 21", "most-parts"},
            {GOOD + "grace = SECRET", "grace"},
            {GOOD + "costs.a-week = 1", "costs.a-week"},
            {GOOD.replace("port = 2775", "port = SECRET"), "port"},
            {GOOD.replace("password = SECRET", "password = SECRET-TOO-LONG"), "password"},
            {GOOD.replace("joining = sar", "joining = rope"), "joining"},
            {GOOD.replace("ids = hex-decimal", "ids = octal"), "ids"},
            {GOOD.replace("binds = 2", "blinds = 2"), "blinds"},
            {GOOD.replace("tls = on", "tls = on, trust = /SECRET"), "trust"},
            {GOOD.replace("centres = [a, \"b.2\"]", "centres = [c]"), "centres"},
            {GOOD.replace("\"+4915\"", "\"+49\""), "prefix"},
            {GOOD.replace("\"+4915\"", "\"4915\""), "prefixes"},
            {GOOD + "}}}SECRET", "HOCON"}
        }) {
            assertThatThrownBy(() -> GatewayFile.parse(bad[0]))
                    .as(bad[1])
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(bad[1])
                    .hasMessageNotContaining("SECRET");
        }
    }

    @Test
    void isReadByItsOwnerOnly() throws IOException {
        Path path = Files.writeString(directory.resolve("gateway.conf"), GOOD);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> GatewayFile.read(path)).hasMessageContaining("chmod 600");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        assertThat(GatewayFile.read(path).routes()).hasSize(3);
    }

    private static PlainIdentifier number(String number) {
        return PlainIdentifier.of(Kind.NUMBER, number);
    }
}
