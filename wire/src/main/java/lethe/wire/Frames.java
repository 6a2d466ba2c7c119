package lethe.wire;

import java.nio.ByteBuffer;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.ServerFrame;

/**
 * The frames of <code>lethe.v1</code> as bytes. One frame is one message of the socket.
 *
 * <p>Reading takes a frame in one form only and answers everything else with what is wrong; it bounds lists, numbers,
 * names and depth, but not the size of the whole, which the transport bounds before it has the bytes.
 *
 * <p>The handful of frames that make up nearly all traffic have a short way as CBOR, written by hand, beside the
 * general one; the bytes and the answers are the same.
 */
public final class Frames {
    private Frames() {}

    public static byte[] encode(Encoding encoding, ClientFrame frame) {
        return Octets.of(encoding, ClientFrames.VOCABULARY, frame);
    }

    public static byte[] encode(Encoding encoding, ServerFrame frame) {
        int size = sizeIfHot(encoding, frame);
        if (size == HotServerFrames.NOT_HOT) {
            return Octets.of(encoding, ServerFrames.VOCABULARY, frame);
        }
        byte[] bytes = new byte[size];
        HotServerFrames.write(frame, ByteBuffer.wrap(bytes));
        return bytes;
    }

    /** Writes a broker's frame into a transport's own buffer. */
    public static void encode(Encoding encoding, ServerFrame frame, FrameTarget target) {
        int size = sizeIfHot(encoding, frame);
        if (size == HotServerFrames.NOT_HOT) {
            byte[] bytes = Octets.of(encoding, ServerFrames.VOCABULARY, frame);
            target.room(bytes.length).put(bytes);
        } else {
            HotServerFrames.write(frame, target.room(size));
        }
    }

    private static int sizeIfHot(Encoding encoding, ServerFrame frame) {
        return encoding == Encoding.CBOR ? HotServerFrames.size(frame) : HotServerFrames.NOT_HOT;
    }

    public static Decoded<ClientFrame> decodeClient(Encoding encoding, byte[] bytes) {
        return decodeClient(encoding, bytes, 0, bytes.length);
    }

    /** Reads a phone's frame out of a part of an array. What is read shares nothing with the array. */
    public static Decoded<ClientFrame> decodeClient(Encoding encoding, byte[] bytes, int from, int length) {
        ClientFrame hot = encoding == Encoding.CBOR ? HotClientFrames.read(bytes, from, length) : null;
        return hot == null
                ? Octets.read(encoding, ClientFrames.VOCABULARY, bytes, from, length)
                : new Decoded.Good<>(hot);
    }

    public static Decoded<ServerFrame> decodeServer(Encoding encoding, byte[] bytes) {
        return decodeServer(encoding, bytes, 0, bytes.length);
    }

    /** Reads a broker's frame out of a part of an array. What is read shares nothing with the array. */
    public static Decoded<ServerFrame> decodeServer(Encoding encoding, byte[] bytes, int from, int length) {
        return Octets.read(encoding, ServerFrames.VOCABULARY, bytes, from, length);
    }
}
