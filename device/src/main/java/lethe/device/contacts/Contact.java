package lethe.device.contacts;

import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Somebody the owner knows.
 *
 * @param name as the owner calls them: 1 to 64 characters without spaces
 * @param number for SMS; null if the owner did not give one
 */
public record Contact(String name, Tag tag, @Nullable PlainIdentifier number) {
    private static final String FORM = "[^\\s/]{1,64}";

    public Contact {
        if (!isName(name)) {
            throw new IllegalArgumentException("a name has 1 to 64 characters, no spaces and no slash");
        }
    }

    public static boolean isName(String name) {
        return name.matches(FORM);
    }

    @Override
    public String toString() {
        return "Contact[***]";
    }
}
