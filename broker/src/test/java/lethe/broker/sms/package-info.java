@NullMarked
package lethe.broker.sms;

import org.jspecify.annotations.NullMarked;
