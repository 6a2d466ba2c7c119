/**
 * How an SMS leaves, and how a text comes: over SMPP 3.4 by a carrier's centre, and in no other module. What is sent is
 * in no log.
 */
@NullMarked
package lethe.registrar.sms;

import org.jspecify.annotations.NullMarked;
