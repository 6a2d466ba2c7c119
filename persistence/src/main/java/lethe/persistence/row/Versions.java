package lethe.persistence.row;

/** The rule for versions of stored forms: a program reads the forms that it knows, and says so of others. */
final class Versions {

    private Versions() {}

    static void check(String form, int found, int known) {
        if (found < 1 || found > known) {
            throw new IllegalArgumentException(form + " of version " + found + "; this program knows up to " + known);
        }
    }
}
