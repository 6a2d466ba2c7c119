package lethe.device.contacts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.RevealsIdentifiers;
import lethe.core.identity.Tag;
import lethe.device.store.PrivateFiles;

/** The owner's contacts, in a file of the phone that only its owner can read: name, address and number per line. */
public final class Contacts {
    private final Path file;
    private final Map<String, Contact> contacts = new TreeMap<>();

    private Contacts(Path file) {
        this.file = file;
    }

    /** The contacts of the phone in a directory; none if there is no file. */
    public static Contacts in(Path directory) {
        Contacts contacts = new Contacts(directory.resolve("contacts"));
        try {
            if (Files.exists(contacts.file)) {
                Files.readAllLines(contacts.file, StandardCharsets.UTF_8).forEach(contacts::read);
            }
            return contacts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new UncheckedIOException(new IOException("the file " + contacts.file + " does not list contacts"));
        }
    }

    private void read(String line) {
        String[] parts = line.split("\t", -1);
        PlainIdentifier number = parts[2].isEmpty() ? null : PlainIdentifier.of(PlainIdentifier.Kind.NUMBER, parts[2]);
        contacts.put(parts[0], new Contact(parts[0], Tag.fromText(parts[1]), number));
    }

    /** Adds a contact, or replaces the one of that name; durable on return. */
    public void put(Contact contact) {
        contacts.put(contact.name(), contact);
        StringBuilder lines = new StringBuilder();
        contacts.values().forEach(one -> append(lines, one));
        try {
            PrivateFiles.replace(file, lines.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @RevealsIdentifiers("the owner's address book is a file of the owner's phone")
    private static void append(StringBuilder lines, Contact contact) {
        PlainIdentifier number = contact.number();
        lines.append(contact.name())
                .append('\t')
                .append(contact.tag().toText())
                .append('\t')
                .append(number == null ? "" : number.reveal())
                .append('\n');
    }

    public Optional<Contact> named(String name) {
        return Optional.ofNullable(contacts.get(name));
    }

    /** The contact with an address. */
    public Optional<Contact> at(Tag tag) {
        return contacts.values().stream().filter(one -> one.tag().equals(tag)).findFirst();
    }

    public Collection<Contact> all() {
        return Collections.unmodifiableCollection(contacts.values());
    }
}
