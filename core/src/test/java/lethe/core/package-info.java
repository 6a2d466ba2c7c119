/**
 * What the tests of core share: many seeded trials, random samples of the domain, and the rules of its architecture.
 */
@NullMarked
package lethe.core;

import org.jspecify.annotations.NullMarked;
