/**
 * What the registrar's processes have in common beside their port: private files, options of where to listen and of
 * bounds, an end with the parent.
 */
@NullMarked
package lethe.registrar.process;

import org.jspecify.annotations.NullMarked;
