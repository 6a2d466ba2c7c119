package lethe.registrar.tagger;

import java.util.List;
import java.util.stream.Stream;
import lethe.registrar.http.Limits;
import lethe.registrar.process.NamedLimit;
import lethe.registrar.process.NamedLimits;
import lethe.registrar.process.PortLimits;

/** The bounds of a tagger that its operator may change. */
final class TaggerLimits {
    /** At least a batch of the largest size, which would otherwise never be answered. */
    private static final NamedLimit BURST =
            new NamedLimit("burst", 1000, 250, 1_000_000, "elements", "of one pseudonym at once, as padded");

    private static final NamedLimit A_DAY =
            new NamedLimit("a-day", 100, 1, 1_000_000, "elements", "of one pseudonym a day, when the burst is used up");
    private static final NamedLimit PSEUDONYMS = new NamedLimit(
            "pseudonyms", 250_000, 1, 10_000_000, "pseudonyms", "counted at once, 120 bytes of memory each");
    private static final NamedLimit NONCES = new NamedLimit(
            "nonces", 100_000, 1, 10_000_000, "requests", "remembered for two minutes, 200 bytes of memory each");

    static final List<NamedLimit> ALL = Stream.concat(
                    Stream.of(BURST, A_DAY, PSEUDONYMS, NONCES), PortLimits.ALL.stream())
            .toList();

    private final NamedLimits wanted;

    TaggerLimits(NamedLimits wanted) {
        this.wanted = wanted;
    }

    static TaggerLimits usual() {
        return new TaggerLimits(NamedLimits.usual(ALL));
    }

    Allowance allowance() {
        return new Allowance(wanted.count(BURST), wanted.count(A_DAY), wanted.count(PSEUDONYMS), wanted.count(NONCES));
    }

    Limits port() {
        return PortLimits.of(Limits.usual(), wanted);
    }
}
