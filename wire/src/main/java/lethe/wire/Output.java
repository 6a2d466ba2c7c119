package lethe.wire;

import java.io.OutputStream;
import java.util.Arrays;

/** The bytes of one record. A generator hands over a small frame in one piece, which is copied once. */
final class Output extends OutputStream {
    private byte[] bytes = new byte[0];

    @Override
    public void write(int single) {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] source, int from, int length) {
        int end = bytes.length;
        bytes = end == 0 ? Arrays.copyOfRange(source, from, from + length) : Arrays.copyOf(bytes, end + length);
        if (end > 0) {
            System.arraycopy(source, from, bytes, end, length);
        }
    }

    byte[] bytes() {
        return bytes;
    }
}
