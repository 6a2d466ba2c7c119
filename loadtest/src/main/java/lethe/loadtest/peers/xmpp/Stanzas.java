package lethe.loadtest.peers.xmpp;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Finds the ends of stanzas in a stream of XML: the children of its root, and the tag that opens the root.
 *
 * <p>Looks at each byte once. Knows tags, attributes in quotes and the declaration; no comments and no CDATA, which
 * XMPP forbids or its servers do not write.
 */
final class Stanzas {
    private int depth;
    private int scanned;
    private boolean inTag;
    private boolean closes;
    private boolean declares;
    private int quote;
    private int last;

    /** The next whole stanza, or the opening tag of the stream; empty when more bytes must come first. */
    Optional<String> next(ByteBuf in) {
        while (scanned < in.readableBytes()) {
            int next = in.getByte(in.readerIndex() + scanned);
            scanned++;
            if (ends(next)) {
                String stanza = in.readCharSequence(scanned, StandardCharsets.UTF_8)
                        .toString()
                        .strip();
                scanned = 0;
                return Optional.of(stanza);
            }
        }
        return Optional.empty();
    }

    /** A new stream begins on the same connection, as after logging in. */
    void restart() {
        depth = 0;
    }

    private boolean ends(int next) {
        if (!inTag) {
            inTag = next == '<';
            last = next;
            return false;
        }
        if (quote != 0) {
            quote = next == quote ? 0 : quote;
            last = next;
            return false;
        }
        if (last == '<') {
            closes = next == '/';
            declares = next == '?';
        }
        if (next == '\'' || next == '"') {
            quote = next;
        }
        boolean tagEnds = next == '>';
        boolean empty = tagEnds && last == '/';
        last = next;
        if (!tagEnds) {
            return false;
        }
        inTag = false;
        return !declares && tagEnded(empty);
    }

    private boolean tagEnded(boolean empty) {
        if (closes) {
            depth--;
            return depth <= 1;
        }
        if (empty) {
            return depth <= 1;
        }
        depth++;
        return depth == 1;
    }
}
