package lethe.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;

/** The way from records to bytes and back, for any format. */
final class Octets {
    private Octets() {}

    static <V> byte[] of(Encoding encoding, Format<V> format, V value) {
        Output output = new Output();
        try (Sink sink = new Sink(encoding, output)) {
            format.write(value, sink);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return output.bytes();
    }

    static <V> Decoded<V> read(Encoding encoding, Format<V> format, byte[] bytes, int from, int length) {
        String fault = encoding == Encoding.CBOR
                ? CborProfile.fault(bytes, from, length)
                : JsonProfile.fault(bytes, from, length);
        if (fault != null) {
            return bad(fault);
        }
        try (Source source = new Source(encoding, bytes, from, length)) {
            V value = format.read(source);
            source.end();
            return new Decoded.Good<>(value);
        } catch (Unreadable e) {
            return new Decoded.Bad<>(e.problem());
        } catch (IOException e) {
            // Its message quotes the input.
            return bad("not well-formed " + encoding);
        }
    }

    private static <V> Decoded<V> bad(String detail) {
        return new Decoded.Bad<>(Problem.of(ProblemType.MALFORMED, detail));
    }
}
