/**
 * What the registrar's processes have in common beside their port: private files, TLS options, an end with the parent.
 */
@NullMarked
package lethe.registrar.process;

import org.jspecify.annotations.NullMarked;
