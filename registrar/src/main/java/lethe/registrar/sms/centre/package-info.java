/** An SMS centre for development and tests, on a real socket: takes SMS, sends none, and reports as it is told to. */
@NullMarked
package lethe.registrar.sms.centre;

import org.jspecify.annotations.NullMarked;
