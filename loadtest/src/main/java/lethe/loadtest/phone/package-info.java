/**
 * Phones that live in this process: the device library, with a modem and an application that record what they see.
 *
 * <p>They reach the broker by its sockets only. Thousands share a few threads.
 */
@NullMarked
package lethe.loadtest.phone;

import org.jspecify.annotations.NullMarked;
