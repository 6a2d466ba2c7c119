/**
 * What a phone keeps: its key and address, its consent, and the ledgers of its outbox and inbox.
 *
 * <p>Knows nothing of messages: a ledger holds records of bytes. Survives being killed at any instruction.
 *
 * <p>On a phone that is encrypted:
 *
 * <pre>
 * passphrase or platform's key -> wrapping key -> master key (file vault)
 *     -> key of a small file's name            -> the file
 *     -> key of NAME.key's name -> a data key  -> a slot, or a ledger's frames; drawn anew at each rewriting
 * </pre>
 */
@NullMarked
package lethe.device.store;

import org.jspecify.annotations.NullMarked;
