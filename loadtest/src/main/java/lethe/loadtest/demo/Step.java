package lethe.loadtest.demo;

/**
 * One step of the story.
 *
 * @param name for machines, for example {@code live}
 * @param title what is tried, for people, in a line
 * @param action tries it and verifies it
 */
record Step(String name, String title, Action action) {
    /** What a step does. */
    @FunctionalInterface
    interface Action {
        /** Answers what was seen; throws if it was not as it should be. */
        Seen run() throws Exception;
    }
}
