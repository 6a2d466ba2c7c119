package lethe.persistence.audit;

import java.util.Locale;
import lethe.persistence.row.RowKind;

/** A kind of row that says something of a subscriber. */
public enum AuditedKind {
    /** Consent and devices: there as long as the consent holds. */
    HEAD("subscriber"),
    /** An envelope that waits. */
    HELD("subscriber"),
    /** A terminal receipt that is not settled. */
    RECEIPT("subscriber"),
    /** Newer keys of envelopes that wait. */
    KEYS("subscriber"),
    /** A prekey that is to be given to somebody. */
    PREKEY("subscriber"),
    /** Of a kind that this program does not write. */
    UNKNOWN("subscriber"),
    /** Who may write: there from opting in to opting out. */
    NUMBER("incarnation"),
    /** That somebody must look at a time. */
    ENTRY("due"),
    /** Of a subscriber there is none. */
    EVENT("journal"),
    /** Of a subscriber there is none. */
    SNAPSHOT("snapshot"),
    /** That some tag is listed: there as long as it is renewed. */
    LISTED("listed");

    private final String table;

    AuditedKind(String table) {
        this.table = table;
    }

    /** The table that has such rows. */
    public String table() {
        return table;
    }

    /** The name for operators. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static AuditedKind ofCode(byte code) {
        for (var kind : RowKind.values()) {
            if (kind.code() == code) {
                return of(kind);
            }
        }
        return UNKNOWN;
    }

    private static AuditedKind of(RowKind kind) {
        return switch (kind) {
            case HEAD -> HEAD;
            case HELD -> HELD;
            case RECEIPT -> RECEIPT;
            case KEYS -> KEYS;
            case PREKEY -> PREKEY;
        };
    }
}
