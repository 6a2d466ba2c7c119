/**
 * SMS that an operator's gateway sends: what goes to it, and what comes back. No number and no text passes here but
 * sealed.
 */
@NullMarked
package lethe.broker.sms;

import org.jspecify.annotations.NullMarked;
