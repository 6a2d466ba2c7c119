package lethe.loadtest.capture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import lethe.core.identity.Opaque;

/**
 * What a client said in the frames of a WebSocket: it masks each with another key (RFC 6455, section 5.3), so that
 * nothing is found in them as they are.
 */
final class Frames {
    private static final String UPGRADE = "\r\nupgrade: websocket";
    private static final String END_OF_HEADERS = "\r\n\r\n";
    private static final int MASKED = 0x80;
    private static final int LENGTH = 0x7f;
    private static final int TWO_BYTES = 126;
    private static final int EIGHT_BYTES = 127;
    private static final int KEY = 4;

    private Frames() {}

    /** The contents of all frames, one behind the other; nothing if the connection became no WebSocket. */
    static Opaque unmask(byte[] client) {
        String text = new String(client, StandardCharsets.ISO_8859_1);
        int upgrade = text.toLowerCase(Locale.ROOT).indexOf(UPGRADE);
        int headers = upgrade < 0 ? -1 : text.indexOf(END_OF_HEADERS, upgrade);
        ByteArrayOutputStream contents = new ByteArrayOutputStream();
        if (headers >= 0) {
            ByteBuffer frames = ByteBuffer.wrap(client).position(headers + END_OF_HEADERS.length());
            while (frames.remaining() >= 2 && take(frames, contents)) {
                // Until one is cut off.
            }
        }
        return Opaque.wrap(contents.toByteArray());
    }

    private static boolean take(ByteBuffer frames, ByteArrayOutputStream contents) {
        frames.get();
        int second = frames.get() & 0xff;
        int small = second & LENGTH;
        int width = small == TWO_BYTES ? Short.BYTES : small == EIGHT_BYTES ? Long.BYTES : 0;
        int masked = (second & MASKED) == 0 ? 0 : KEY;
        if (frames.remaining() < width + masked) {
            return false;
        }
        long length =
                width == 0 ? small : width == Short.BYTES ? Short.toUnsignedInt(frames.getShort()) : frames.getLong();
        byte[] key = new byte[KEY];
        frames.get(key, 0, masked);
        if (length < 0 || length > frames.remaining()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            contents.write(frames.get() ^ key[i % KEY]);
        }
        return true;
    }
}
