package lethe.registrar.verifier;

import java.time.Clock;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import lethe.core.identity.PlainIdentifier;
import lethe.registrar.sms.TextReceiver;

/** Hands texts to their sessions, and counts what became of them. Safe for use by many threads. */
final class Texts implements TextReceiver {
    private final Sessions sessions;
    private final Clock clock;
    private final Map<Heard, AtomicLong> counts = new EnumMap<>(Heard.class);

    Texts(Sessions sessions, Clock clock) {
        this.sessions = sessions;
        this.clock = clock;
        Arrays.stream(Heard.values()).forEach(heard -> counts.put(heard, new AtomicLong()));
    }

    @Override
    public Receipt receive(PlainIdentifier sender, String text) {
        try {
            Heard heard = sessions.hear(sender, text, clock.instant());
            count(heard).incrementAndGet();
            return heard == Heard.TOO_MANY ? Receipt.LATER : Receipt.TAKEN;
        } finally {
            sender.wipe();
        }
    }

    @Override
    public void drop() {
        count(Heard.DROPPED).incrementAndGet();
    }

    /** How many came since it was asked last, in words, of no number and no text; empty if none came. */
    Optional<String> told() {
        String told = Arrays.stream(Heard.values())
                .map(heard -> Map.entry(heard, count(heard).getAndSet(0)))
                .filter(counted -> counted.getValue() > 0)
                .map(counted -> counted.getValue() + " " + counted.getKey().words())
                .collect(Collectors.joining(", "));
        return told.isEmpty() ? Optional.empty() : Optional.of(told);
    }

    private AtomicLong count(Heard heard) {
        return Objects.requireNonNull(counts.get(heard));
    }
}
