package lethe.core.subscriber;

import java.util.List;
import java.util.Map;
import lethe.core.account.Account;
import lethe.core.account.Takeover;
import lethe.core.block.Blocks;
import lethe.core.consent.Consent;
import lethe.core.lookup.Listing;
import org.jspecify.annotations.Nullable;

/**
 * The part of a snapshot that does not grow with what waits.
 *
 * @param consent as it was signed
 * @param account whose address it is
 * @param takeover who else has proven the number since, and waits; null if nobody does
 * @param adopted for each older incarnation with rows, the sequence number of its last save that counts; what lies
 *     above was written by a zombie after this incarnation had read the rows
 * @param listing null unless the subscriber is listed
 * @param blocks from whom it takes nothing
 * @param statements of verifiers that were used and have not expired since
 */
public record Head(
        Consent consent,
        Account account,
        @Nullable Takeover takeover,
        Map<Long, Long> adopted,
        @Nullable Listing listing,
        Blocks blocks,
        List<Shown> statements) {
    /** Of a subscriber that is not listed, blocks nobody, and has shown no statement lately. */
    public Head(Consent consent, Account account, @Nullable Takeover takeover, Map<Long, Long> adopted) {
        this(consent, account, takeover, adopted, null, Blocks.NONE, List.of());
    }

    public Head {
        adopted = Map.copyOf(adopted);
        statements = List.copyOf(statements);
    }
}
