package lethe.seal.content;

import lethe.seal.form.FieldWriter;

/** Somebody has the application open, or no longer. Never worth a queue. */
public record Presence(boolean here) implements Content {
    static final int TYPE = 11;

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public void writeTo(FieldWriter out) {
        out.u8(here ? 1 : 0);
    }

    @Override
    public String toString() {
        return "Presence[***]";
    }
}
