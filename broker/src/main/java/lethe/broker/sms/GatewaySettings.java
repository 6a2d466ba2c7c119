package lethe.broker.sms;

import com.typesafe.config.Config;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a broker reaches its gateway: {@code lethe.gateway}.
 *
 * @param url scheme, host and port: {@code https}; or {@code http} to the loopback, then without files
 * @param authorities PEM: whom the gateway's certificate must be from
 * @param certificate PEM: by which the gateway knows the broker, with those above it
 * @param privateKey PEM (PKCS #8): its key
 * @param atOnce SMS that are put at a time, each over a connection of its own
 * @param waiting SMS that wait for that
 * @param answerWithin how long an answer may take, and how long an SMS may wait to be put
 */
public record GatewaySettings(
        URI url, Path authorities, Path certificate, Path privateKey, int atOnce, int waiting, Duration answerWithin) {
    private static final Pattern LOOPBACK = Pattern.compile("127(\\.[0-9]{1,3}){3}|\\[::1]|localhost");
    private static final Duration LONGEST = Duration.ofMinutes(1);

    public GatewaySettings {
        requireThat(isAddress(url), "url is not https://HOST:PORT");
        boolean secure = url.getScheme().equals("https");
        requireThat(secure || LOOPBACK.matcher(url.getHost()).matches(), "url: without TLS on the loopback only");
        for (Path file : new Path[] {authorities, certificate, privateKey}) {
            requireThat(secure != isNone(file), "ca, certificate and private-key belong to an https url, all three");
        }
        requireThat(atOnce > 0 && waiting >= 0, "at-once is below 1, or waiting below 0");
        requireThat(
                answerWithin.toMillis() > 0 && answerWithin.compareTo(LONGEST) <= 0,
                "answer-within is not between 1 ms and " + LONGEST.toSeconds() + " s");
    }

    /**
     * Reads {@code lethe.gateway}.
     *
     * @return empty if no gateway is named
     * @throws IllegalArgumentException naming what is out of bounds
     */
    public static Optional<GatewaySettings> from(Config gateway) {
        String url = gateway.getString("url");
        return url.isEmpty()
                ? Optional.empty()
                : Optional.of(new GatewaySettings(
                        parsed(url),
                        Path.of(gateway.getString("ca")),
                        Path.of(gateway.getString("certificate")),
                        Path.of(gateway.getString("private-key")),
                        gateway.getInt("at-once"),
                        gateway.getInt("waiting"),
                        gateway.getDuration("answer-within")));
    }

    private static URI parsed(String url) {
        try {
            return URI.create(url);
        } catch (IllegalArgumentException unreadable) {
            throw new IllegalArgumentException("lethe.gateway.url is not https://HOST:PORT");
        }
    }

    private static boolean isAddress(URI url) {
        return ("https".equals(url.getScheme()) || "http".equals(url.getScheme()))
                && url.getHost() != null
                && url.getRawUserInfo() == null
                && (url.getRawPath().isEmpty() || url.getRawPath().equals("/"))
                && url.getRawQuery() == null
                && url.getRawFragment() == null;
    }

    private static boolean isNone(Path file) {
        return file.toString().isEmpty();
    }

    private static void requireThat(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("lethe.gateway." + otherwise);
        }
    }

    /** Whether it is asked over TLS. */
    boolean isSecure() {
        return url.getScheme().equals("https");
    }
}
