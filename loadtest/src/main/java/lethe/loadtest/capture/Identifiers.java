package lethe.loadtest.capture;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import lethe.core.identity.Tag;
import lethe.loadtest.evidence.Form;
import lethe.loadtest.evidence.Sought;

/** What must not be found, in all its spellings. */
final class Identifiers {
    private Identifiers() {}

    /**
     * Of these owners of phones, of whom the first knows contacts.
     *
     * @param tags of contacts whom nobody wrote to
     * @param talk of their phones
     */
    static List<Sought> of(List<Owner> owners, List<Tag> tags, Talk talk) {
        List<Sought> all = new ArrayList<>();
        Set<Person> registered = new HashSet<>();
        for (Owner owner : owners) {
            registered.add(owner.person());
            all.add(number(IdentifierKind.OWN_NUMBER, owner.person()));
        }
        for (Owner owner : owners) {
            all.add(sought(IdentifierKind.IMSI, Spelling.equipment(owner.subscription())));
            all.add(sought(IdentifierKind.IMEI, Spelling.equipment(owner.equipment())));
            all.add(sought(IdentifierKind.CARRIER, name(owner.carrier(), 0)));
            owner.contacts().forEach(contact -> all.add(sought(IdentifierKind.CONTACT_NAME, name(contact.name(), 1))));
            owner.contacts().stream()
                    .filter(contact -> !registered.contains(contact))
                    .forEach(contact -> all.add(number(IdentifierKind.CONTACT_NUMBER, contact)));
        }
        talk.letters()
                .forEach(letter -> all.add(sought(IdentifierKind.LETTER, Spelling.name(letter.text(), letter.word()))));
        tags.forEach(tag -> all.add(sought(IdentifierKind.CONTACT_TAG, Form.of(tag.bytes()))));
        return all;
    }

    private static Sought number(IdentifierKind kind, Person person) {
        return sought(kind, Spelling.number(person.digits()));
    }

    /** Which of its words nobody else has. */
    private static List<Form> name(String name, int word) {
        return Spelling.name(name, name.split(" ", -1)[word]);
    }

    private static Sought sought(IdentifierKind kind, List<Form> forms) {
        return new Sought(kind.word(), forms);
    }
}
