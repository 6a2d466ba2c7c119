package lethe.core.account;

import java.time.Instant;
import lethe.core.consent.Consent;

/**
 * Somebody has proven to own the number of an address that is in use, with a new account: a new phone whose old one is
 * lost, or whoever got hold of the number. Waits, so that the old devices can object.
 *
 * @param account whose the address would be
 * @param consent that comes with it
 * @param ends when it comes true if nobody objects
 */
public record Takeover(Account account, Consent consent, Instant ends) {}
