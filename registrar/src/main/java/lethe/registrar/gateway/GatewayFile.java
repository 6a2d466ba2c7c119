package lethe.registrar.gateway;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import java.io.IOException;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import lethe.client.http.Trust;
import lethe.registrar.process.PrivateFile;
import lethe.registrar.sms.CentreSettings;
import lethe.registrar.sms.IdProfile;
import lethe.registrar.sms.SmppSettings;
import lethe.registrar.text.Alphabet;
import lethe.registrar.text.Joining;
import org.jspecify.annotations.Nullable;

/**
 * The private file of a gateway's operator, in HOCON: centres, routes, costs. {@code usual.conf} has what it need not
 * say.
 */
final class GatewayFile {
    private static final long MOST_BYTES = 256L * 1024;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration TICK = Duration.ofMillis(1);
    private static final long MOST_COST = 1_000_000_000_000L;
    private static final int MOST_PARTS = 20;
    private static final Map<String, Joining> JOININGS = Map.of(
            "udh-8", Joining.SHORT_REFERENCE,
            "udh-16", Joining.LONG_REFERENCE,
            "sar", Joining.PARAMETERS,
            "payload", Joining.BY_CENTRE);

    private GatewayFile() {}

    /**
     * Reads it.
     *
     * @throws IOException if there is none, others may read it, or something in it is wrong; it is not quoted
     */
    static GatewaySettings read(Path path) throws IOException {
        return parse(new PrivateFile(path).read(MOST_BYTES));
    }

    static GatewaySettings parse(String text) throws IOException {
        try {
            Config usual = ConfigFactory.parseResources(
                    GatewayFile.class.getClassLoader(), "lethe/registrar/gateway/usual.conf");
            Config own = ConfigFactory.parseString(text, ConfigParseOptions.defaults());
            return settings(own.withFallback(usual).resolve());
        } catch (ConfigException unreadable) {
            // Its message may quote a password.
            throw new IOException("the configuration is not HOCON");
        }
    }

    private static GatewaySettings settings(Config config) throws IOException {
        Section all = new Section("", config);
        Map<String, CentreSettings> centres = centres(all.section("centres"), config.getConfig("centre"));
        List<Route> routes = new ArrayList<>();
        Set<String> prefixes = new HashSet<>();
        for (Config each : all.list("routes")) {
            for (Route route : routes(new Section("routes.", each.withFallback(config.getConfig("route"))), centres)) {
                if (!prefixes.add(route.prefix())) {
                    throw new IOException("a prefix has two routes");
                }
                routes.add(route);
            }
        }
        GatewaySettings settings = new GatewaySettings(
                centres,
                routes,
                notices(all.section("notices")),
                costs(all.section("costs")),
                suspicion(all.section("suspicion")),
                all.count("most-parts", 1, MOST_PARTS),
                all.time("grace", Duration.ZERO, HOUR.multipliedBy(12)));
        var unused = all.section("centre");
        var unusedToo = all.section("route");
        all.end();
        return settings;
    }

    private static Map<String, CentreSettings> centres(Section all, Config usual) throws IOException {
        Map<String, CentreSettings> centres = new HashMap<>();
        for (String name : all.keys()) {
            Section own = all.section(ConfigUtil.quoteString(name));
            centres.put(name, centre(own.over(usual)));
        }
        if (centres.isEmpty()) {
            throw new IOException("there are no centres");
        }
        return centres;
    }

    private static CentreSettings centre(Section centre) throws IOException {
        SmppSettings smpp = new SmppSettings(
                centre.text("host", ".{1,255}"),
                centre.count("port", 1, 65_535),
                centre.text("system", ".{0,15}"),
                centre.text("password", ".{0,8}"),
                centre.text("source", "\\+?[0-9]{1,20}|[A-Za-z0-9 ]{1,11}"),
                null,
                centre.time("answer", TICK, MINUTE),
                centre.time("idle", TICK, HOUR),
                centre.time("first-pause", TICK, HOUR),
                centre.time("longest-pause", TICK, HOUR));
        CentreSettings settings = new CentreSettings(
                smpp,
                tls(centre),
                centre.count("binds", 1, 16),
                centre.count("window", 1, 500),
                centre.text("alphabet", "gsm|common").equals("gsm") ? Alphabet.GSM : Alphabet.COMMON,
                joining(centre),
                IdProfile.ofWord(centre.text("ids", ".*")).orElseThrow(() -> centre.wrong("ids")));
        centre.end();
        return settings;
    }

    private static Joining joining(Section centre) throws IOException {
        return Optional.ofNullable(JOININGS.get(centre.text("joining", ".*")))
                .orElseThrow(() -> centre.wrong("joining"));
    }

    private static @Nullable SSLContext tls(Section centre) throws IOException {
        String trust = centre.text("trust", ".*");
        if (!centre.flag("tls")) {
            return null;
        }
        if (trust.isEmpty()) {
            return system().orElseThrow(() -> centre.wrong("tls"));
        }
        return Trust.in(Path.of(trust)).orElseThrow(() -> centre.wrong("trust"));
    }

    private static Optional<SSLContext> system() {
        try {
            return Optional.of(SSLContext.getDefault());
        } catch (NoSuchAlgorithmException noList) {
            return Optional.empty();
        }
    }

    private static List<Route> routes(Section section, Map<String, CentreSettings> centres) throws IOException {
        List<String> prefixes = section.texts("prefixes", "\\+[1-9][0-9]{0,13}");
        List<String> names = section.texts("centres", ".+");
        if (!centres.keySet().containsAll(names)) {
            throw section.wrong("centres");
        }
        long price = section.number("price", 0, 1_000_000);
        int aMinute = section.count("a-minute", 0, 1_000_000);
        long aDay = section.number("a-day", 0, MOST_COST);
        section.end();
        return prefixes.stream()
                .map(prefix -> new Route(prefix, names, price, aMinute, aDay))
                .toList();
    }

    private static Notices notices(Section section) throws IOException {
        Section texts = section.section("texts");
        Map<String, String> byLanguage = new HashMap<>();
        for (String language : texts.keys()) {
            byLanguage.put(language, texts.text(ConfigUtil.quoteString(language), "(?s).{1,1000}"));
        }
        String usual = byLanguage.get(section.text("usual", ".*"));
        if (usual == null) {
            throw section.wrong("usual");
        }
        section.end();
        return new Notices(usual, byLanguage);
    }

    private static Traffic.Costs costs(Section section) throws IOException {
        Traffic.Costs costs = new Traffic.Costs(
                section.number("a-day", 0, MOST_COST), section.number("subscriber-a-day", 0, MOST_COST));
        section.end();
        return costs;
    }

    private static Suspicion suspicion(Section section) throws IOException {
        Suspicion suspicion = new Suspicion(
                section.count("neighbours", 1, 100),
                section.time("within", SECOND, DAY),
                section.count("undelivered-percent", 1, 101),
                section.count("of", 1, 10_000),
                section.time("pause", SECOND, DAY));
        section.end();
        return suspicion;
    }
}
