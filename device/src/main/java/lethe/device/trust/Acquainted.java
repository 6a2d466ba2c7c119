package lethe.device.trust;

import lethe.core.identity.Tag;
import lethe.seal.Pin;
import org.jspecify.annotations.Nullable;

/**
 * Somebody the phone knows. It does not print: a tag is an address.
 *
 * @param verified whether the owner has compared the safety number of the account that is pinned
 * @param shown another account that was shown for the address while it was verified; null if none was
 */
public record Acquainted(
        Tag tag, Pin pin, boolean verified, @Nullable Pin shown) {
    public boolean isHeld() {
        return shown != null;
    }

    Acquainted with(Pin newer) {
        return new Acquainted(tag, newer, verified, shown);
    }

    Acquainted withShown(@Nullable Pin other) {
        return new Acquainted(tag, pin, verified, other);
    }

    @Override
    public String toString() {
        return "Acquainted[***]";
    }
}
