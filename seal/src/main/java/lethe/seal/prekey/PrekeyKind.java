package lethe.seal.prekey;

import java.util.Optional;

/** What becomes of a prekey when something was sealed to it. */
public enum PrekeyKind {
    /** Handed out once, and destroyed when the first envelope was opened with it: nobody reads that one again. */
    ONE_TIME(1),
    /** Handed out when no other is left, again and again until it is replaced, at least weekly. */
    LAST_RESORT(2);

    private final int code;

    PrekeyKind(int code) {
        this.code = code;
    }

    /** The kind of a byte, if there is one. */
    public static Optional<PrekeyKind> of(int code) {
        for (PrekeyKind kind : values()) {
            if (kind.code == code) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    public int code() {
        return code;
    }
}
