package lethe.persistence.row;

/** What a row of a subscriber's partition says. The codes are stored: never change one. */
public enum RowKind {
    /** What does not grow with what waits, and which rows count. */
    HEAD(1),
    /** An envelope that waits. */
    HELD(3),
    /** A terminal receipt that is not settled. */
    RECEIPT(4),
    /** Newer keys of envelopes that wait since an older epoch. */
    KEYS(5),
    /** A prekey that is to be given to somebody. No part of the state that an actor loads. */
    PREKEY(6);

    private final byte code;

    RowKind(int code) {
        this.code = (byte) code;
    }

    public byte code() {
        return code;
    }

    /**
     * The kind with a code.
     *
     * @throws IllegalArgumentException if there is none: the row is of a newer program
     */
    public static RowKind ofCode(byte code) {
        for (var kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no kind of row has the code " + code);
    }
}
