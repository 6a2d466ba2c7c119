package lethe.seal.content;

import java.nio.charset.StandardCharsets;
import lethe.seal.form.FieldReader;
import lethe.seal.form.FieldWriter;

/**
 * What an attachment is, as its sender says: nothing that a recipient may believe, or take for a path.
 *
 * @param name to show; at most {@link #MOST_NAME} bytes of UTF-8, without slashes and control characters
 * @param mediaType as {@code image/jpeg}; at most {@link #MOST_TYPE} bytes of UTF-8
 */
public record Label(String name, String mediaType) {
    public static final int MOST_NAME = 255;
    public static final int MOST_TYPE = 127;

    /**
     * A label in bounds.
     *
     * @throws IllegalArgumentException if it is not
     */
    public Label {
        if (!isName(name) || mediaType.getBytes(StandardCharsets.UTF_8).length > MOST_TYPE) {
            throw new IllegalArgumentException("a name or a media type out of bounds");
        }
    }

    /** Whether an attachment can have this name. */
    public static boolean isName(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length <= MOST_NAME
                && name.chars().noneMatch(sign -> sign == '/' || sign == '\\' || Character.isISOControl(sign));
    }

    static Label readFrom(FieldReader in) {
        String name = in.text(MOST_NAME);
        String mediaType = in.text(MOST_TYPE);
        if (!isName(name)) {
            in.refuse();
            return new Label("", mediaType);
        }
        return new Label(name, mediaType);
    }

    void writeTo(FieldWriter out) {
        out.text(name).text(mediaType);
    }

    @Override
    public String toString() {
        return "Label[***]";
    }
}
