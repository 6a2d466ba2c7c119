package lethe.device.phone;

import java.util.Optional;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;

/**
 * An account's address and public key as one word, to be carried from the screen of a device that holds the account to
 * one that shall belong to it. With the key a broker cannot have the new device take another account for its own.
 * Nothing of it is secret.
 */
record AccountCode(Tag address, DeviceKey account) {
    private static final String BETWEEN = ".";

    String toText() {
        return address.toText() + BETWEEN + account.bytes().toText();
    }

    /** The account; empty if it is no such word. */
    static Optional<AccountCode> parse(String word) {
        int between = word.indexOf(BETWEEN);
        if (between < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new AccountCode(
                    Tag.fromText(word.substring(0, between)),
                    new DeviceKey(Opaque.fromText(word.substring(between + 1)))));
        } catch (IllegalArgumentException otherwise) {
            return Optional.empty();
        }
    }

    /** Whether a word is what devices showed before: an address alone. */
    static boolean isWithoutKey(String word) {
        try {
            Tag.fromText(word);
            return true;
        } catch (IllegalArgumentException otherwise) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "AccountCode[***]";
    }
}
