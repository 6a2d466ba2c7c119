package lethe.registrar.text;

/** How the bytes of a part are to be read. */
public enum Coding {
    /** The centre's default alphabet, one septet in each byte: the centre packs them. */
    DEFAULT,

    /** UTF-16, big-endian, which handsets take for UCS-2. */
    UCS2
}
