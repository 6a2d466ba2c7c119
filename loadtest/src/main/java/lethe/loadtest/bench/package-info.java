/** {@code lethe bench}: which broker is measured, at what, and how it is told. */
@NullMarked
package lethe.loadtest.bench;

import org.jspecify.annotations.NullMarked;
