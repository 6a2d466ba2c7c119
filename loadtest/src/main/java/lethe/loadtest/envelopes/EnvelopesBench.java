package lethe.loadtest.envelopes;

import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lethe.core.identity.Opaque;
import lethe.seal.Opening;
import lethe.seal.crypto.Suite;
import lethe.seal.prekey.CheckedPrekey;
import lethe.seal.prekey.PrekeyKind;
import lethe.seal.prekey.PrekeyPair;

/** What envelopes with a short text cost: bytes, and CPU of the one thread that does the work. */
public final class EnvelopesBench {
    private static final String TEXT = "see you at eight, at the other bank...";
    private static final int WARM_UP = 3;
    private static final double NANOS = 1e9;

    private final int count;
    private final Correspondent alice;
    private final Correspondent bob;

    /**
     * A measurement.
     *
     * @param count envelopes in each suite
     */
    public EnvelopesBench(int count) {
        SecureRandom random = new SecureRandom();
        this.count = count;
        alice = new Correspondent(random, Door.Maker.REAL);
        bob = new Correspondent(random, Door.Maker.REAL);
        bob.pin(alice);
    }

    /** Measures both suites, one after the other, each after rounds that do not count. */
    public Map<String, Object> run() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("bench", "envelopes");
        figures.put("text", TEXT.length());
        for (Suite suite : Suite.values()) {
            Round last = round(suite);
            for (int i = 0; i < WARM_UP; i++) {
                last = round(suite);
            }
            figures.put(suite.name(), last.figures());
        }
        return figures;
    }

    private Round round(Suite suite) {
        long started = cpu();
        List<PrekeyPair> prekeys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            prekeys.add(bob.publish(PrekeyKind.ONE_TIME, suite));
        }
        long published = cpu();
        List<CheckedPrekey> checked = prekeys.stream().map(bob::checked).toList();
        long judged = cpu();
        List<Opaque> envelopes =
                checked.stream().map(prekey -> alice.seal(prekey, TEXT)).toList();
        long sealed = cpu();
        for (Opaque envelope : envelopes) {
            if (!(bob.door().open(envelope) instanceof Opening.Opened)) {
                throw new IllegalStateException("an envelope is not opened");
            }
        }
        long opened = cpu();
        return new Round(
                prekeys.get(0).published().encode().length(),
                envelopes.get(0).length(),
                perSecond(published - started),
                perSecond(judged - published),
                perSecond(sealed - judged),
                perSecond(opened - sealed));
    }

    private long perSecond(long nanos) {
        return Math.round(count * NANOS / Math.max(1, nanos));
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private record Round(int prekey, int envelope, long prekeys, long checks, long seals, long opens) {
        Map<String, Object> figures() {
            Map<String, Object> figures = new LinkedHashMap<>();
            figures.put("prekeyBytes", prekey);
            figures.put("envelopeBytes", envelope);
            figures.put("prekeysPerCpuSecond", prekeys);
            figures.put("checksPerCpuSecond", checks);
            figures.put("sealsPerCpuSecond", seals);
            figures.put("opensPerCpuSecond", opens);
            return figures;
        }
    }
}
