package lethe.persistence.row;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import lethe.core.block.Blocks;
import lethe.core.identity.DeviceId;
import lethe.core.identity.Opaque;
import lethe.core.lookup.Listing;
import lethe.core.prekey.DevicePrekeys;
import lethe.core.subscriber.Head;
import org.jspecify.annotations.Nullable;

/**
 * The head of a subscriber's rows, as stored: who it is and which rows count.
 *
 * @param version of this form
 * @param takenAt when it was saved, milliseconds since 1970
 * @param consent as signed; absent after an erasure
 * @param account whose address it is; absent after an erasure
 * @param takeover who else has proven the number since, and waits
 * @param adopted for older incarnations, the sequence number up to which their rows count
 * @param gone rows that no longer count although they may still be there
 * @param due the time of the subscriber's entry in the due index, milliseconds since 1970; 0 if it needs none
 * @param erased whether the subscriber withdrew, and whatever is still there only waits for its deletion
 * @param listed how the subscriber is listed, or was when it withdrew; absent if it is not
 * @param blocks from whom it takes nothing; absent if it blocks nobody
 * @param shown statements of verifiers that were used and have not expired since
 * @param prekeys which are stored, of the devices that have published some
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record HeadRow(
        @JsonProperty("v") int version,
        @JsonProperty("at") long takenAt,
        @JsonProperty("consent") @Nullable ConsentRow consent,
        @JsonProperty("account") @Nullable AccountRow account,
        @JsonProperty("takeover") @Nullable TakeoverRow takeover,
        @JsonProperty("adopted") @Nullable Map<Long, Long> adopted,
        @JsonProperty("gone") @Nullable List<Gone> gone,

        @JsonProperty("due") @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        long due,

        @JsonProperty("erased") @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        boolean erased,

        @JsonProperty("listed") @Nullable ListingRow listed,
        @JsonProperty("blocks") @Nullable BlocksRow blocks,
        @JsonProperty("shown") @Nullable List<ShownRow> shown,
        @JsonProperty("prekeys") @Nullable List<DevicePrekeysRow> prekeys) {

    static final int VERSION = 2;

    /** Address of a row that no longer counts; the kind as its code. */
    record Gone(
            @JsonProperty("k") int kind,
            @JsonProperty("i") Opaque item,
            @JsonProperty("n") long incarnation) {}

    public HeadRow {
        Versions.check("head row", version, VERSION);
        adopted = adopted == null ? Map.of() : Map.copyOf(adopted);
        gone = gone == null ? List.of() : List.copyOf(gone);
        shown = shown == null ? List.of() : List.copyOf(shown);
        prekeys = prekeys == null ? List.of() : List.copyOf(prekeys);
    }

    /**
     * The head of a subscriber.
     *
     * @param prekeys those of the head, under the incarnations that stored them
     */
    public static HeadRow of(
            Head head,
            long takenAt,
            Map<Long, Long> adopted,
            List<RowAddress> gone,
            Optional<Instant> due,
            Map<DeviceId, DevicePrekeys> prekeys) {
        return new HeadRow(
                VERSION,
                takenAt,
                ConsentRow.of(head.consent()),
                AccountRow.of(head.account()),
                TakeoverRow.of(head.takeover()),
                adopted,
                gone.stream()
                        .map(address -> new Gone(address.kind().code(), address.item(), address.incarnation()))
                        .toList(),
                due.map(Instant::toEpochMilli).orElse(0L),
                false,
                row(head.listing()),
                BlocksRow.of(head.blocks()),
                head.statements().stream().map(ShownRow::of).toList(),
                prekeys.entrySet().stream()
                        .map(entry -> DevicePrekeysRow.of(entry.getKey(), entry.getValue()))
                        .toList());
    }

    /** Says that everything before it is withdrawn. */
    public static HeadRow erasure(long takenAt, Optional<Instant> due, @Nullable Listing listed) {
        var dueAt = due.map(Instant::toEpochMilli).orElse(0L);
        return new HeadRow(
                VERSION,
                takenAt,
                null,
                null,
                null,
                Map.of(),
                List.of(),
                dueAt,
                true,
                row(listed),
                null,
                List.of(),
                List.of());
    }

    private static @Nullable ListingRow row(@Nullable Listing listing) {
        return listing == null ? null : ListingRow.of(listing);
    }

    /** What core knows of it, with what the reader adopts; empty after an erasure. */
    public Optional<Head> toHead(Map<Long, Long> adoptedByReader) {
        return consent == null || account == null
                ? Optional.empty()
                : Optional.of(new Head(
                        consent.toConsent(),
                        account.toAccount(),
                        takeover == null ? null : takeover.toTakeover(),
                        adoptedByReader,
                        listing().orElse(null),
                        blocks == null ? Blocks.NONE : blocks.toBlocks(),
                        listed(shown).stream().map(ShownRow::toShown).toList(),
                        listed(prekeys).stream()
                                .collect(Collectors.toMap(DevicePrekeysRow::toDevice, DevicePrekeysRow::toPrekeys))));
    }

    /** For an older incarnation, the sequence number up to which its rows count; empty if none does. */
    public Optional<Long> adoptedUpTo(long incarnation) {
        return adopted == null ? Optional.empty() : Optional.ofNullable(adopted.get(incarnation));
    }

    /** How the subscriber is listed, or was when it withdrew. */
    public Optional<Listing> listing() {
        return Optional.ofNullable(listed).map(ListingRow::toListing);
    }

    /** The time of the subscriber's entry in the due index. */
    public Optional<Instant> dueAt() {
        return due == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(due));
    }

    /** Addresses of rows that no longer count. */
    public List<RowAddress> goneRows() {
        return listed(gone).stream()
                .map(row -> new RowAddress(RowKind.ofCode((byte) row.kind()), row.item(), row.incarnation()))
                .collect(Collectors.toUnmodifiableList());
    }

    private static <T> List<T> listed(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
