package lethe.wire;

import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.ServerFrame;

/**
 * The frames of <code>lethe.v1</code> as bytes. One frame is one message of the socket.
 *
 * <p>Reading takes a frame in one form only and answers everything else with what is wrong; it bounds lists, numbers,
 * names and depth, but not the size of the whole, which the transport bounds before it has the bytes.
 */
public final class Frames {
    private Frames() {}

    public static byte[] encode(Encoding encoding, ClientFrame frame) {
        return Octets.of(encoding, ClientFrames.VOCABULARY, frame);
    }

    public static byte[] encode(Encoding encoding, ServerFrame frame) {
        return Octets.of(encoding, ServerFrames.VOCABULARY, frame);
    }

    public static Decoded<ClientFrame> decodeClient(Encoding encoding, byte[] bytes) {
        return decodeClient(encoding, bytes, 0, bytes.length);
    }

    /** Reads a phone's frame out of a part of an array. What is read shares nothing with the array. */
    public static Decoded<ClientFrame> decodeClient(Encoding encoding, byte[] bytes, int from, int length) {
        return Octets.read(encoding, ClientFrames.VOCABULARY, bytes, from, length);
    }

    public static Decoded<ServerFrame> decodeServer(Encoding encoding, byte[] bytes) {
        return decodeServer(encoding, bytes, 0, bytes.length);
    }

    /** Reads a broker's frame out of a part of an array. What is read shares nothing with the array. */
    public static Decoded<ServerFrame> decodeServer(Encoding encoding, byte[] bytes, int from, int length) {
        return Octets.read(encoding, ServerFrames.VOCABULARY, bytes, from, length);
    }
}
