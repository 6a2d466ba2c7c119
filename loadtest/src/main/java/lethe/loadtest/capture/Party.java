package lethe.loadtest.capture;

/** Who could see a place. */
enum Party {
    /** Whoever listens on the network, but the carrier's part of it. */
    WIRE,
    BROKER,
    TAGGER,
    VERIFIER,
    /** The network between the verifier and the carrier's centre, where SMPP has the number in clear. */
    CARRIER,
    /** The naive service. */
    NAIVE
}
