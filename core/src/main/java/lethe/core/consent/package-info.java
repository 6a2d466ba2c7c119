/**
 * Off by default: what a subscriber agreed to, and whether that agreement still holds.
 *
 * <p>A consent names the policy epoch that it accepted. When the epoch rises, every older consent counts as none.
 */
@NullMarked
package lethe.core.consent;

import org.jspecify.annotations.NullMarked;
