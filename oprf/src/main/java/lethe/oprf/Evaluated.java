package lethe.oprf;

import java.util.List;

/**
 * What a tagger made of a batch, in its order, and the proof that it did so with its key.
 *
 * @param elements as many as were asked for
 */
public record Evaluated(List<Element> elements, Proof proof) {
    public Evaluated {
        elements = List.copyOf(elements);
    }
}
