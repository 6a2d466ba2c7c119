package lethe.core.protocol;

import java.util.List;
import lethe.core.identity.Opaque;
import lethe.core.permit.Permission;
import org.jspecify.annotations.Nullable;

/**
 * The bodies of a tagger's resources. Elements are compressed points of P-256, 33 bytes; what they stand for is known
 * to nobody but whoever blinded them (RFC 9497).
 */
public final class TaggerBodies {
    private TaggerBodies() {}

    /**
     * {@code POST /v1/evaluations}.
     *
     * @param version of the key, from 1
     * @param blinded 10, 100 or 250 elements
     * @param permission that whoever asks may; null where nobody asks for one
     */
    public record Evaluate(
            int version, List<Opaque> blinded, @Nullable Permission permission) {
        public Evaluate {
            blinded = List.copyOf(blinded);
        }

        /** Without a permission. */
        public Evaluate(int version, List<Opaque> blinded) {
            this(version, blinded, null);
        }

        /** The same batch, with a permission. */
        public Evaluate with(Permission shown) {
            return new Evaluate(version, blinded, shown);
        }
    }

    /**
     * The answer to {@link Evaluate}.
     *
     * @param version of the key, as asked for
     * @param key the public key that the proof is made under, 33 bytes: of this tagger's share, if the key is split
     * @param evaluated as many elements, in the same order
     * @param proof 64 bytes (RFC 9497, section 2.2)
     */
    public record Evaluation(int version, Opaque key, List<Opaque> evaluated, Opaque proof) {
        public Evaluation {
            evaluated = List.copyOf(evaluated);
        }
    }

    /** {@code GET /v1/key}: the keys in force, oldest first. */
    public record TaggerKeys(List<TaggerKey> keys) {
        public TaggerKeys {
            keys = List.copyOf(keys);
        }
    }

    /**
     * One key in force.
     *
     * @param version from 1
     * @param key public, 33 bytes
     */
    public record TaggerKey(int version, Opaque key) {}
}
