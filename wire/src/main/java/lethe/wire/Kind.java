package lethe.wire;

/**
 * One kind of frame.
 *
 * @param number its type in CBOR; never given to another kind
 * @param word its type in JSON
 */
record Kind<F>(int number, String word, Class<F> type, Shape<F> shape) {
    /** Under which a frame says its kind. */
    static final int KEY = 0;

    static final String NAME = "type";
}
