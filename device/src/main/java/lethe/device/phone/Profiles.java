package lethe.device.phone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import lethe.core.identity.Tag;
import lethe.device.contacts.Contact;
import lethe.device.store.FileStore;

/** The phones of this machine's user: one directory each, {@code <home>/phones/<name>}. */
record Profiles(Path home) {
    private static final String FORM = "[A-Za-z0-9][A-Za-z0-9._-]{0,31}";

    static boolean isName(String name) {
        return name.matches(FORM) && Contact.isName(name);
    }

    Path directory(String name) {
        return home.resolve("phones").resolve(name);
    }

    /** What another phone of this user's is called. */
    Optional<String> nameOf(Tag tag) {
        Path phones = home.resolve("phones");
        if (!Files.isDirectory(phones)) {
            return Optional.empty();
        }
        try (Stream<Path> all = Files.list(phones)) {
            return all.map(Path::getFileName)
                    .map(String::valueOf)
                    .filter(name -> address(name).filter(tag::equals).isPresent())
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address of another phone of this user's, so that two terminals can chat without exchanging addresses. */
    Optional<Tag> address(String name) {
        return isName(name) ? FileStore.addressIn(directory(name)) : Optional.empty();
    }
}
