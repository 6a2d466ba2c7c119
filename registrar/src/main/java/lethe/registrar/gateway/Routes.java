package lethe.registrar.gateway;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.RevealsIdentifiers;

/** All routes; a number takes the one with the longest prefix. */
final class Routes {
    private final List<Route> longestFirst;

    Routes(List<Route> routes) {
        this.longestFirst = routes.stream()
                .sorted(Comparator.comparing((Route route) -> route.prefix().length())
                        .reversed())
                .toList();
    }

    @RevealsIdentifiers("an SMS takes the route of its number")
    Optional<Route> find(PlainIdentifier number) {
        byte[] digits = number.revealBytes();
        Optional<Route> found = longestFirst.stream()
                .filter(route -> begins(digits, route.prefix().getBytes(StandardCharsets.US_ASCII)))
                .findFirst();
        Arrays.fill(digits, (byte) 0);
        return found;
    }

    private static boolean begins(byte[] digits, byte[] prefix) {
        return digits.length >= prefix.length && Arrays.equals(digits, 0, prefix.length, prefix, 0, prefix.length);
    }
}
