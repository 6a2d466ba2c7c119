package lethe.core.lookup;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.identity.Statement;

/**
 * The tags that were listed since the day's set, and stand in no earlier hour's: signed by the installation. Whoever is
 * no longer listed stays until the next day's set. The parts have not been judged; see {@link #judge}.
 *
 * @param epoch the policy epoch that all of them agreed to
 * @param day of the set that it adds to
 * @param hour of that day, from 0
 * @param built when, to the millisecond
 * @param entries eight bytes each, ascending, none twice; at most {@link #MOST_BYTES}
 * @param signature Ed25519 over {@link #statement}, 64 bytes
 */
public record HourSet(long epoch, long day, long hour, Instant built, Opaque entries, Opaque signature) {
    /** A million entries. */
    public static final int MOST_BYTES = 1_000_000 * Long.BYTES;

    private static final String CONTEXT = "lethe/1 set hour";

    /** What is signed: the context and each field. */
    public static byte[] statement(long epoch, long day, long hour, Instant built, Opaque entries) {
        return Statement.of(CONTEXT)
                .with(epoch)
                .with(day)
                .with(hour)
                .with(built.toEpochMilli())
                .with(entries)
                .toBytes();
    }

    /** The entries as they are published. */
    public static Opaque pack(long[] ascending) {
        ByteBuffer bytes = ByteBuffer.allocate(ascending.length * Long.BYTES);
        bytes.asLongBuffer().put(ascending);
        return Opaque.wrap(bytes.array());
    }

    /** What is wrong with it, for whoever has pinned the installation's key; empty if nothing is. */
    public Optional<SetFault> judge(DeviceKey pinned) {
        if (entries.length() > MOST_BYTES) {
            return Optional.of(SetFault.OVERSIZED);
        }
        if (!pinned.signed(statement(epoch, day, hour, built, entries), signature)) {
            return Optional.of(SetFault.FORGED);
        }
        return isWhole() ? Optional.empty() : Optional.of(SetFault.MALFORMED);
    }

    /** Whether it adds to this set. */
    public boolean belongsTo(DaySet set) {
        return epoch == set.epoch() && day == set.day();
    }

    /** How many entries it has. */
    public int count() {
        return entries.length() / Long.BYTES;
    }

    /** The bits of one entry. */
    public long entry(int index) {
        return bytes().getLong(index * Long.BYTES);
    }

    /** Those of the given tags that are in it. */
    public Set<ListedTag> among(Collection<ListedTag> asked) {
        return asked.stream().filter(this::has).collect(Collectors.toSet());
    }

    private boolean has(ListedTag tag) {
        ByteBuffer bytes = bytes();
        int low = 0;
        int high = count();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(bytes.getLong(middle * Long.BYTES), tag.bits()) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < count() && bytes.getLong(low * Long.BYTES) == tag.bits();
    }

    private boolean isWhole() {
        ByteBuffer bytes = bytes();
        for (int i = 1; i < count(); i++) {
            if (Long.compareUnsigned(bytes.getLong((i - 1) * Long.BYTES), bytes.getLong(i * Long.BYTES)) >= 0) {
                return false;
            }
        }
        return entries.length() % Long.BYTES == 0;
    }

    private ByteBuffer bytes() {
        return ByteBuffer.wrap(entries.shared());
    }
}
