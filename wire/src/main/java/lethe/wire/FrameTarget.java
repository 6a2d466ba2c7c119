package lethe.wire;

import java.nio.ByteBuffer;

/** Where a frame is written to: a transport's own buffer, so that nothing is copied on the way. */
public interface FrameTarget {
    /**
     * Room for one frame. The transport may write what goes in front of it first, since the length is known.
     *
     * @param length bytes; all of them are written before the next call
     * @return big-endian, with at least this much remaining
     */
    ByteBuffer room(int length);
}
