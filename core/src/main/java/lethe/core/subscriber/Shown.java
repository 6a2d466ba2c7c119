package lethe.core.subscriber;

import java.time.Instant;
import lethe.core.identity.Opaque;

/**
 * A verifier's statement that somebody has shown, as far as it must be known so that it counts once.
 *
 * @param nonce of the statement, 16 bytes; says nothing of anybody
 * @param expires from when on it counts for nothing anyway, to the second
 */
public record Shown(Opaque nonce, Instant expires) {}
