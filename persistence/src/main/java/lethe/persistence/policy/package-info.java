/** The policies that an operator has raised, durable beyond the end of all brokers. */
@NullMarked
package lethe.persistence.policy;

import org.jspecify.annotations.NullMarked;
