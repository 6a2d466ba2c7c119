package lethe.registrar.gateway;

import java.util.List;
import java.util.stream.Stream;
import lethe.registrar.http.Limits;
import lethe.registrar.process.NamedLimit;
import lethe.registrar.process.NamedLimits;
import lethe.registrar.process.PortLimits;

/** The bounds of a gateway that its operator may change, beside those of its configuration. */
final class GatewayLimits {
    private static final NamedLimit SMS = new NamedLimit(
            "sms", 100_000, 1, 1_000_000, "SMS", "in hand at once, or with a report that is not acknowledged");
    private static final NamedLimit REMEMBERED = new NamedLimit(
            "remembered", 500_000, 1, 20_000_000, "SMS", "over, but not to be sent again before they expire");
    private static final NamedLimit KEY = new NamedLimit(
            "key-seconds", 300, 1, 3600, "s", "until the journal has a new key, and the old one is gone");

    static final List<NamedLimit> ALL = Stream.concat(Stream.of(SMS, REMEMBERED, KEY), PortLimits.ALL.stream())
            .toList();

    private static final int BODY = 32 * 1024;

    private final NamedLimits wanted;

    GatewayLimits(NamedLimits wanted) {
        this.wanted = wanted;
    }

    int sms() {
        return wanted.count(SMS);
    }

    int remembered() {
        return wanted.count(REMEMBERED);
    }

    long keySeconds() {
        return wanted.count(KEY);
    }

    Limits port() {
        Limits usual = PortLimits.of(Limits.whoWaitForOthers(), wanted);
        return new Limits(
                usual.connections(),
                usual.connectionsOfAnAddress(),
                usual.target(),
                usual.headers(),
                BODY,
                usual.within(),
                usual.heardOut(),
                usual.working(),
                usual.waiting(),
                usual.retryAfter());
    }
}
