package lethe.device.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** How a ledger stands in its file: in clear, or sealed. */
interface Framing {
    /** How many bytes an incarnation's header has. */
    int headerLength();

    /**
     * A new incarnation of the file.
     *
     * @param before the header of the one that is there; empty if none is
     */
    Incarnation begin(byte[] before) throws IOException;

    /** The incarnation that has this header; empty if that is damaged. */
    Optional<Incarnation> read(byte[] header) throws IOException;

    /** This incarnation is the file from now on, durably: what opened others goes. */
    void settle(Incarnation current) throws IOException;

    /** A file from its making, or its last rewriting, on. */
    interface Incarnation {
        byte[] header();

        /**
         * A batch as it stands in its frame.
         *
         * @param last what stands in the frame before; empty if there is none
         * @param offset where the frame begins
         */
        byte[] seal(byte[] batch, byte[] last, long offset);

        /** The batch; empty if it was not written there, after that. */
        Optional<byte[]> open(byte[] stored, byte[] last, long offset);
    }

    /** In clear. */
    enum Clear implements Framing, Incarnation {
        CLEAR;

        private static final byte[] MARK = "LETHE-1\n".getBytes(StandardCharsets.US_ASCII);

        static boolean begins(byte[] stored) {
            return Vault.begins(stored, MARK);
        }

        @Override
        public int headerLength() {
            return MARK.length;
        }

        @Override
        public Incarnation begin(byte[] before) {
            return this;
        }

        @Override
        public Optional<Incarnation> read(byte[] header) {
            return begins(header) ? Optional.of(this) : Optional.empty();
        }

        @Override
        public void settle(Incarnation current) {}

        @Override
        public byte[] header() {
            return MARK.clone();
        }

        @Override
        public byte[] seal(byte[] batch, byte[] last, long offset) {
            return batch;
        }

        @Override
        public Optional<byte[]> open(byte[] stored, byte[] last, long offset) {
            return Optional.of(stored);
        }
    }
}
