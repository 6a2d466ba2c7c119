package lethe.device.phone;

import java.util.Objects;
import java.util.Optional;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.Tag;
import lethe.device.contacts.Contact;
import lethe.device.contacts.Contacts;

/**
 * Names for addresses: the owner's contacts first, then the other phones of this machine, then addresses themselves.
 */
final class AddressBook {
    private final Contacts contacts;
    private final Profiles profiles;

    AddressBook(Contacts contacts, Profiles profiles) {
        this.contacts = contacts;
        this.profiles = profiles;
    }

    /** The address that a word means. */
    Optional<Tag> find(String word) {
        Optional<Tag> known = contacts.named(word).map(Contact::tag).or(() -> profiles.address(word));
        return known.or(() -> address(word));
    }

    private static Optional<Tag> address(String word) {
        try {
            return Optional.of(Tag.fromText(word));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    Optional<PlainIdentifier> number(Tag tag) {
        return contacts.at(tag).map(Contact::number);
    }

    /** The address of the contact with a number. */
    Optional<Tag> at(PlainIdentifier number) {
        return contacts.all().stream()
                .filter(contact -> Objects.equals(number, contact.number()))
                .map(Contact::tag)
                .findFirst();
    }

    /** What the owner calls an address; the address itself if nothing. */
    String nameOf(Tag tag) {
        Optional<String> known = contacts.at(tag).map(Contact::name);
        return known.or(() -> profiles.nameOf(tag)).orElseGet(tag::toText);
    }

    /** Remembers what the owner calls an address, unless it has a name already. */
    void meet(String name, Tag tag) {
        if (Contact.isName(name)
                && contacts.named(name).isEmpty()
                && contacts.at(tag).isEmpty()) {
            contacts.put(new Contact(name, tag, null));
        }
    }

    void put(Contact contact) {
        contacts.put(contact);
    }

    Iterable<Contact> all() {
        return contacts.all();
    }
}
