package lethe.registrar.text;

/** How a handset is told which parts belong together. */
public enum Joining {
    /** A user data header with a reference of one octet: 3GPP TS 23.040, section 9.2.3.24.1. */
    SHORT_REFERENCE(6),

    /** A user data header with a reference of two octets: 3GPP TS 23.040, section 9.2.3.24.8. */
    LONG_REFERENCE(7),

    /** Parameters of SMPP 3.4 (sections 5.3.2.22 to 24), of which the centre makes either header. */
    PARAMETERS(7),

    /** Not at all: the text goes as one, and the centre makes parts (SMPP 3.4, section 5.3.2.32). */
    BY_CENTRE(7);

    private static final int OCTETS = 140;
    private static final int BITS_IN_AN_OCTET = 8;
    private static final int BITS_IN_A_SEPTET = 7;
    private static final int OCTETS_IN_A_UNIT = 2;

    private final int header;

    Joining(int header) {
        this.header = header;
    }

    /** How many septets a part holds beside its header. */
    int septets() {
        return (OCTETS - header) * BITS_IN_AN_OCTET / BITS_IN_A_SEPTET;
    }

    /** How many UTF-16 units a part holds beside its header. */
    int units() {
        return (OCTETS - header) / OCTETS_IN_A_UNIT;
    }
}
