package lethe.loadtest.demo;

/** A step of the demo did not turn out as it should: a defect of Lethe, or of this machine. */
final class NotVerified extends Exception {
    private static final long serialVersionUID = 1;

    NotVerified(String what) {
        super(what);
    }
}
