/**
 * One subscriber's rows, written by one incarnation of its actor at a time.
 *
 * <pre>
 * incarnation   pid | born, number                                     lightweight transactions only
 * subscriber    pid | kind, item, incarnation | life, sequence, payload   one partition per subscriber
 *
 *   kind      item                       one row for each
 *   HEAD      -                          incarnation that saved: consent, devices, what it adopted, what it lets go
 *   HELD      message id                 envelope that waits
 *   RECEIPT   message id                 terminal receipt not yet settled
 *   PREKEY    a hash of device and id    prekey that is to be given away; counts if the head names it, and is not loaded
 * </pre>
 *
 * <p>No event has a row. The save that follows it says what it said, and before that save nobody is told of it: an
 * event that a crash left without its save has not happened.
 *
 * <p>A node that was paused or cut off goes on writing while its entities live elsewhere. So:
 *
 * <ol>
 *   <li>An incarnation claims a number, higher than all before, <em>and then</em> reads the partition.
 *   <li>A save writes its rows with their head last, <em>and then</em> asks (SERIAL) whether its number still is the
 *       highest. Only if so has it happened: every later claim comes after that question, and its reading after the
 *       claim, so it sees the rows.
 *   <li>A row counts up to the sequence number of the head of its own incarnation, as the next incarnation read it and
 *       noted it in its own head ({@code adopted}). What a zombie writes later, and what a save wrote that never came
 *       to its head, lies above: a ghost, ignored, and deleted once the next head is stored. The next incarnation uses
 *       the same sequence numbers again; they mean nothing without their incarnation.
 *   <li>Who takes over past an incarnation that has claimed and not saved stores its head at once: otherwise that
 *       zombie's head, still to come, might rule after it, and would know nothing of what was read.
 *   <li>A life begins with an opt-in, which takes a number, and its first head. If the next to read finds no head of
 *       it, it ends: whoever began it has not been answered.
 *   <li>Nothing is deleted before the question is answered. Until it is known to be deleted, the head names it as gone.
 *   <li>Every write carries a timestamp above all that its incarnation has read, so no clock of another node can bury
 *       it.
 *   <li>A statement that Cassandra left unanswered is sent again as it was, claims excepted. It may take effect twice,
 *       and late: it means the same, for its address names the incarnation and its timestamp is that of the first time.
 * </ol>
 *
 * <p>Never prints a row.
 */
@NullMarked
package lethe.persistence.fence;

import org.jspecify.annotations.NullMarked;
