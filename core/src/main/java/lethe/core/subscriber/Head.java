package lethe.core.subscriber;

import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;
import lethe.core.account.Account;
import lethe.core.account.Takeover;
import lethe.core.block.Blocks;
import lethe.core.consent.Consent;
import lethe.core.identity.DeviceId;
import lethe.core.lookup.Listing;
import lethe.core.prekey.DevicePrekeys;
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
 * @param prekeys which are stored, of the devices that have published some
 */
public record Head(
        Consent consent,
        Account account,
        @Nullable Takeover takeover,
        Map<Long, Long> adopted,
        @Nullable Listing listing,
        Blocks blocks,
        List<Shown> statements,
        Map<DeviceId, DevicePrekeys> prekeys) {
    /**
     * Of a subscriber that is not listed, blocks nobody, has shown no statement lately and has published no prekeys.
     */
    public Head(Consent consent, Account account, @Nullable Takeover takeover, Map<Long, Long> adopted) {
        this(consent, account, takeover, adopted, null, Blocks.NONE, List.of(), Map.of());
    }

    public Head {
        adopted = Map.copyOf(adopted);
        statements = List.copyOf(statements);
        prekeys = Map.copyOf(prekeys);
    }

    /** The prekeys, as the store numbers incarnations. */
    public Map<DeviceId, DevicePrekeys> prekeysNumbered(LongUnaryOperator incarnation) {
        return prekeys.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().numbered(incarnation)));
    }
}
