package lethe.seal.content;

import lethe.core.identity.Opaque;
import lethe.seal.form.FieldWriter;

/** A small file within the letter. Its length is bounded by the largest envelope. */
public record Attachment(Label label, Opaque bytes) implements Content {
    static final int TYPE = 7;

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public void writeTo(FieldWriter out) {
        label.writeTo(out);
        out.bytes(bytes);
    }

    @Override
    public String toString() {
        return "Attachment[***]";
    }
}
