package lethe.loadtest.demo;

/** Tells the story as it happens. */
interface Narrator {
    /**
     * A step begins.
     *
     * @param number from 1
     */
    void begins(int number, int of, Step step);

    /** The step still goes on. Called about once a second. */
    void goesOn();

    void succeeded(Step step, Seen seen, long millis);

    void failed(Step step, String why);

    void passed(long millis);

    /** The demo ends here. */
    void failedAt(Step step, String evidence);
}
