package lethe.seal.prekey;

import java.util.Optional;
import lethe.core.identity.Opaque;

/**
 * The secret halves that a device keeps. Safe for use by many threads.
 *
 * <p>A store on a disk may carry out {@link #destroy} and {@link #note} together with the write that keeps what was
 * opened, so that a device that dies in between neither loses nor repeats a message.
 */
public interface PrekeyStore {
    /** The secret of this id, if the device has it (still). */
    Optional<PrekeySecret> find(PrekeyId id);

    /**
     * Forgets a one-time secret for ever.
     *
     * @return whether this call did it; false if it was gone
     */
    boolean destroy(PrekeyId id);

    /** What {@link #note} would answer now; changes nothing. */
    Note look(PrekeyId lastResort, Opaque mark, Writer writer);

    /**
     * Notes that something was opened with a prekey of last resort.
     *
     * @param mark tells it from everything else that is opened with this prekey; 16 bytes
     * @param writer strangers are turned away earlier than those who are pinned
     */
    Note note(PrekeyId lastResort, Opaque mark, Writer writer);

    /** Who wrote what is opened. */
    enum Writer {
        STRANGER,
        PINNED
    }

    /** What a store knows of a mark. */
    enum Note {
        /** It is new, and noted. */
        NEW,
        /** It was noted before. */
        SEEN,
        /** No more can be noted of this writer for this prekey: it wants to be replaced. */
        FULL,
        /** The prekey is gone. */
        GONE
    }
}
