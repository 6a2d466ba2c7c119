package lethe.loadtest.capture;

import lethe.core.identity.PlainIdentifier;

/**
 * Somebody who was made up.
 *
 * @param name given and family name
 * @param digits the number in E.164, with its plus sign
 */
record Person(String name, String digits) {
    PlainIdentifier number() {
        return PlainIdentifier.of(PlainIdentifier.Kind.NUMBER, digits);
    }

    @Override
    public String toString() {
        return "Person[***]";
    }
}
