package lethe.seal.prekey;

import java.util.HashSet;
import java.util.Set;
import lethe.core.identity.Opaque;

/**
 * What was opened with one prekey of last resort. It forgets nothing to make room: what was seen stays seen. One thread
 * at a time.
 *
 * <p>A part of it is kept for those who are pinned: strangers alone cannot bring a phone to turn away its friends.
 */
public final class MarkWindow {
    /** Marks that it holds: a letter every two and a half minutes, for a week. */
    public static final int MOST = 4_096;
    /** As soon as it holds so many, strangers are turned away. */
    public static final int FOR_STRANGERS = MOST / 4 * 3;

    private final Set<Opaque> marks = new HashSet<>();

    /** What is known of a mark. Never {@link PrekeyStore.Note#GONE}. */
    public PrekeyStore.Note look(Opaque mark, PrekeyStore.Writer writer) {
        if (marks.contains(mark)) {
            return PrekeyStore.Note.SEEN;
        }
        return marks.size() < room(writer) ? PrekeyStore.Note.NEW : PrekeyStore.Note.FULL;
    }

    /** As {@link #look}; a mark that is new is noted. */
    public PrekeyStore.Note note(Opaque mark, PrekeyStore.Writer writer) {
        PrekeyStore.Note found = look(mark, writer);
        if (found == PrekeyStore.Note.NEW) {
            marks.add(mark);
        }
        return found;
    }

    /** Notes what was noted before the phone died, whether there is room or not. */
    public void restore(Opaque mark) {
        marks.add(mark);
    }

    /** As if it had never been noted. */
    public void remove(Opaque mark) {
        marks.remove(mark);
    }

    /** Whether the prekey is to be replaced: strangers are turned away already. */
    public boolean isWornOut() {
        return marks.size() >= FOR_STRANGERS;
    }

    public Set<Opaque> marks() {
        return Set.copyOf(marks);
    }

    private static int room(PrekeyStore.Writer writer) {
        return writer == PrekeyStore.Writer.PINNED ? MOST : FOR_STRANGERS;
    }
}
