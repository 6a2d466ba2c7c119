/**
 * The HTTP resources, one class each, and what they share: who asks, in which encoding, and how a refusal looks.
 *
 * <p>Decides nothing: a resource reads a request, asks a subscriber, and writes down what it answered.
 */
@NullMarked
package lethe.broker.edge.resource;

import org.jspecify.annotations.NullMarked;
