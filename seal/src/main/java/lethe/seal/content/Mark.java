package lethe.seal.content;

import java.util.Optional;

/** How far a letter came at whoever got it. */
public enum Mark {
    /** It was opened by the phone. */
    RECEIVED(1),
    /** It was seen by a person. */
    READ(2);

    private final int code;

    Mark(int code) {
        this.code = code;
    }

    static Optional<Mark> of(int code) {
        for (Mark mark : values()) {
            if (mark.code == code) {
                return Optional.of(mark);
            }
        }
        return Optional.empty();
    }

    int code() {
        return code;
    }
}
