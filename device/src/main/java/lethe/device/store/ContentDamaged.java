package lethe.device.store;

/** What a slot or a ledger gives is not what was put there: nothing is guessed, and nothing deleted. */
public final class ContentDamaged extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Names what it was by the phone's word for it, and quotes nothing of it. */
    public ContentDamaged(String what) {
        super("the phone's " + what + " cannot be read; restore its directory from a backup, or lose what it holds");
    }
}
