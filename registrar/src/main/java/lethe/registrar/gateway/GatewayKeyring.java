package lethe.registrar.gateway;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lethe.client.sealing.GatewayKey;
import lethe.client.sealing.GatewayOpeningKey;
import lethe.core.identity.Opaque;

/**
 * A gateway's keys: the first is what phones pin, the others open capsules that were sealed to them before. It does not
 * print.
 */
record GatewayKeyring(List<GatewayOpeningKey> keys) {
    private static final int MOST = 4;
    private static final String FORM = "(opening [A-Za-z0-9_-]{43}\n){1," + MOST + "}";

    GatewayKeyring {
        keys = List.copyOf(keys);
    }

    static GatewayKeyring draw(RandomGenerator random) {
        return new GatewayKeyring(List.of(GatewayOpeningKey.draw(random)));
    }

    /** With a new key in front, and the oldest dropped if there are too many. */
    GatewayKeyring renewed(RandomGenerator random) {
        return new GatewayKeyring(Stream.concat(Stream.of(GatewayOpeningKey.draw(random)), keys.stream())
                .limit(MOST)
                .toList());
    }

    /** What phones pin. */
    GatewayKey pinned() {
        return keys.get(0).gatewayKey();
    }

    /** The key that a capsule names; empty if it is none of these. */
    Optional<GatewayOpeningKey> namedBy(Opaque capsule) {
        return keys.stream().filter(key -> key.isNamedBy(capsule)).findFirst();
    }

    /** A line for each, for a private file. */
    String toLines() {
        return keys.stream()
                .map(key -> "opening " + key.secret().toText() + "\n")
                .collect(Collectors.joining());
    }

    /** Reads what {@link #toLines} writes; empty if it is something else. */
    static Optional<GatewayKeyring> fromLines(String text) {
        if (!text.matches(FORM)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new GatewayKeyring(text.lines()
                    .map(line -> GatewayOpeningKey.of(Opaque.fromText(line.substring("opening ".length()))))
                    .toList()));
        } catch (IllegalArgumentException notCanonical) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "GatewayKeyring[***]";
    }
}
