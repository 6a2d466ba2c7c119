package lethe.loadtest.capture;

import java.util.List;

/**
 * What two phones say to each other, in words that nobody else in the world uses.
 *
 * @param question while both are there
 * @param answer the same
 * @param later for whoever is away
 * @param urgent falls back to SMS
 */
record Talk(Letter question, Letter answer, Letter later, Letter urgent) {
    /** How many letters it has. */
    static final int LETTERS = 4;

    /**
     * One letter.
     *
     * @param word of the text, made up
     */
    record Letter(String text, String word) {
        @Override
        public String toString() {
            return "Letter[***]";
        }
    }

    static Talk about(Inventor inventor) {
        return new Talk(
                letter("did you hear of ", inventor),
                letter("I did, and of ", inventor),
                letter("call me when you are back from ", inventor),
                letter("on my way to ", inventor));
    }

    private static Letter letter(String beginning, Inventor inventor) {
        String word = inventor.word();
        return new Letter(beginning + word, word);
    }

    List<Letter> letters() {
        return List.of(question, answer, later, urgent);
    }
}
