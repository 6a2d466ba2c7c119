/**
 * What a phone keeps: its key and address, its consent, and the ledgers of its outbox and inbox.
 *
 * <p>Knows nothing of messages: a ledger holds records of bytes. Survives being killed at any instruction.
 */
@NullMarked
package lethe.device.store;

import org.jspecify.annotations.NullMarked;
