package lethe.seal.prekey;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lethe.core.identity.Opaque;

/** Secrets in memory, gone with the process. */
public final class MemoryPrekeyStore implements PrekeyStore {
    /** Marks that are kept for one prekey of last resort: a message every two and a half minutes, for a week. */
    public static final int WINDOW = 4_096;

    private final Map<PrekeyId, PrekeySecret> secrets = new HashMap<>();
    private final Map<PrekeyId, Set<Opaque>> windows = new HashMap<>();

    /** Keeps a secret; another one under the same id is destroyed. */
    public synchronized void keep(PrekeySecret secret) {
        destroy(secret.id());
        secrets.put(secret.id(), secret);
    }

    @Override
    public synchronized Optional<PrekeySecret> find(PrekeyId id) {
        return Optional.ofNullable(secrets.get(id));
    }

    @Override
    public synchronized boolean destroy(PrekeyId id) {
        windows.remove(id);
        PrekeySecret secret = secrets.remove(id);
        if (secret == null) {
            return false;
        }
        secret.destroy();
        return true;
    }

    @Override
    public synchronized Note note(PrekeyId lastResort, Opaque mark) {
        if (!secrets.containsKey(lastResort)) {
            return Note.GONE;
        }
        Set<Opaque> window = windows.computeIfAbsent(lastResort, id -> new HashSet<>());
        if (window.contains(mark)) {
            return Note.SEEN;
        }
        if (window.size() >= WINDOW) {
            return Note.FULL;
        }
        window.add(mark);
        return Note.NEW;
    }

    /** Secrets that are kept. */
    public synchronized int size() {
        return secrets.size();
    }
}
