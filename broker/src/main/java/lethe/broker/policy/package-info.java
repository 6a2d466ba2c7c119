/**
 * The policy in force: read from the settings and the store at the start, raised at run time by its operator's
 * signature, spread over the cluster. It only ever rises.
 */
@NullMarked
package lethe.broker.policy;

import org.jspecify.annotations.NullMarked;
