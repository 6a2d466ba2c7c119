package lethe.seal.prekey;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import lethe.core.identity.Opaque;

/** Secrets in memory, gone with the process. */
public final class MemoryPrekeyStore implements PrekeyStore {
    private final Map<PrekeyId, PrekeySecret> secrets = new HashMap<>();
    private final Map<PrekeyId, MarkWindow> windows = new HashMap<>();

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
    public synchronized Note look(PrekeyId lastResort, Opaque mark, Writer writer) {
        return secrets.containsKey(lastResort) ? window(lastResort).look(mark, writer) : Note.GONE;
    }

    @Override
    public synchronized Note note(PrekeyId lastResort, Opaque mark, Writer writer) {
        return secrets.containsKey(lastResort) ? window(lastResort).note(mark, writer) : Note.GONE;
    }

    private MarkWindow window(PrekeyId lastResort) {
        return windows.computeIfAbsent(lastResort, id -> new MarkWindow());
    }

    /** Secrets that are kept. */
    public synchronized int size() {
        return secrets.size();
    }
}
