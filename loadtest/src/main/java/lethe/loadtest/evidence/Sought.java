package lethe.loadtest.evidence;

import java.util.List;

/**
 * Something that is looked for, in all the ways in which it can be written down.
 *
 * @param kind in a word, for figures
 * @param forms in none of which it may be found
 */
public record Sought(String kind, List<Form> forms) {
    public Sought {
        forms = List.copyOf(forms);
    }

    /** Whoever prints it leaves it where it must not be. */
    @Override
    public String toString() {
        return "Sought[" + kind + "]";
    }
}
