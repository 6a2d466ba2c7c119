/** The owner's contacts. They never leave the phone. */
@NullMarked
package lethe.device.contacts;

import org.jspecify.annotations.NullMarked;
