/**
 * Off by default: what a subscriber agreed to, and whether that agreement still holds.
 *
 * <p>A consent names the policy epoch that it accepted. When the epoch rises, every older consent counts as none. An
 * operator raises it with a policy that is signed, so that neither a broker nor its store can.
 */
@NullMarked
package lethe.core.consent;

import org.jspecify.annotations.NullMarked;
