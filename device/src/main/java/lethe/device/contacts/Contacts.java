package lethe.device.contacts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lethe.core.identity.Opaque;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.RevealsIdentifiers;
import lethe.core.identity.Tag;
import lethe.device.store.PhoneFiles;
import lethe.device.store.Slot;

/** The owner's contacts, in a file of the phone that only its owner can read: name, address and number per line. */
public final class Contacts {
    private final Slot file;
    private final Map<String, Contact> contacts = new TreeMap<>();

    private Contacts(Slot file) {
        this.file = file;
    }

    /** The contacts of a phone; none if there is no file. */
    public static Contacts in(PhoneFiles files) {
        Contacts contacts = new Contacts(files.file("contacts"));
        try {
            contacts.file
                    .read()
                    .map(content -> new String(content.shared(), StandardCharsets.UTF_8))
                    .ifPresent(text -> text.lines().forEach(contacts::read));
            return contacts;
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
        file.write(Opaque.wrap(lines.toString().getBytes(StandardCharsets.UTF_8)));
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
