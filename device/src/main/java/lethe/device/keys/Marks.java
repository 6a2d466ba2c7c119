package lethe.device.keys;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lethe.core.identity.Opaque;
import lethe.device.store.ContentDamaged;
import lethe.device.store.Ledger;
import lethe.seal.prekey.MarkWindow;
import lethe.seal.prekey.PrekeyId;
import lethe.seal.prekey.PrekeyStore;
import lethe.seal.prekey.PrekeyUse;

/** What the prekeys of last resort have opened, in a ledger of their uses. One thread at a time. */
final class Marks {
    private final Ledger ledger;
    private final Map<PrekeyId, MarkWindow> windows = new HashMap<>();
    private final Set<PrekeyUse> unwritten = new LinkedHashSet<>();

    /**
     * Those of a ledger.
     *
     * @param kept prekeys of last resort; what the ledger has of others is passed over
     * @throws ContentDamaged if the ledger holds something else
     */
    Marks(Ledger ledger, Set<PrekeyId> kept) {
        this.ledger = ledger;
        for (Opaque record : ledger.recovered()) {
            PrekeyUse use = PrekeyUse.decode(record).orElse(null);
            Opaque mark = use == null ? null : use.mark();
            if (use == null || mark == null) {
                throw new ContentDamaged("marks of prekeys");
            }
            if (kept.contains(use.prekey())) {
                window(use.prekey()).restore(mark);
            }
        }
    }

    PrekeyStore.Note look(PrekeyId prekey, Opaque mark, PrekeyStore.Writer writer) {
        return window(prekey).look(mark, writer);
    }

    PrekeyStore.Note note(PrekeyId prekey, Opaque mark, PrekeyStore.Writer writer) {
        PrekeyStore.Note found = window(prekey).note(mark, writer);
        if (found == PrekeyStore.Note.NEW) {
            unwritten.add(new PrekeyUse(prekey, mark));
        }
        return found;
    }

    /** Notes what was noted before the phone died, whether there is room or not. */
    void restore(PrekeyId prekey, Opaque mark) {
        if (window(prekey).look(mark, PrekeyStore.Writer.PINNED) != PrekeyStore.Note.SEEN) {
            window(prekey).restore(mark);
            unwritten.add(new PrekeyUse(prekey, mark));
        }
    }

    /** As if it had never been noted; nothing if that is durable already. */
    void giveBack(PrekeyId prekey, Opaque mark) {
        if (unwritten.remove(new PrekeyUse(prekey, mark))) {
            window(prekey).remove(mark);
        }
    }

    boolean isWornOut(PrekeyId prekey) {
        MarkWindow window = windows.get(prekey);
        return window != null && window.isWornOut();
    }

    /** Durable on return. */
    void flush() {
        if (!unwritten.isEmpty()) {
            ledger.append(unwritten.stream().map(PrekeyUse::encode).toList());
            unwritten.clear();
        }
    }

    /** Without those of other prekeys than these; what is not durable stays so. */
    void keepOnly(Set<PrekeyId> kept) {
        boolean some = windows.keySet().retainAll(kept);
        unwritten.removeIf(use -> !kept.contains(use.prekey()));
        if (some) {
            ledger.replace(written());
        }
    }

    private List<Opaque> written() {
        return windows.entrySet().stream()
                .flatMap(each -> each.getValue().marks().stream().map(mark -> new PrekeyUse(each.getKey(), mark)))
                .filter(use -> !unwritten.contains(use))
                .map(PrekeyUse::encode)
                .toList();
    }

    /** For ever; durable on return. */
    void erase() {
        windows.clear();
        unwritten.clear();
        ledger.replace(List.of());
    }

    private MarkWindow window(PrekeyId prekey) {
        return windows.computeIfAbsent(prekey, id -> new MarkWindow());
    }
}
