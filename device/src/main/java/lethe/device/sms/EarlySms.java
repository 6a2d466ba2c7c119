package lethe.device.sms;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lethe.client.sealing.SmsWording;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.device.store.Slot;
import org.jspecify.annotations.Nullable;

/**
 * SMS that came before the letters for which they stand. Of each is kept: its tag, a digest of its text, from whom it
 * came if they are known, and when. Every change is durable on return. Safe for use by many threads.
 *
 * <p>At most {@link #MOST}; beyond, the oldest goes, and its letter is shown a second time.
 */
public final class EarlySms {
    /** SMS that are remembered. */
    public static final int MOST = 1_000;

    /** Longer than any broker and any sender's phone keeps a letter. */
    public static final Duration AGE = Duration.ofDays(8);

    private final Slot slot;
    private List<EarlySmsForm.Came> all;

    private EarlySms(Slot slot, List<EarlySmsForm.Came> all) {
        this.slot = slot;
        this.all = all;
    }

    /**
     * What lies in a slot; nothing if nothing does.
     *
     * @param slot a place that is no other's
     * @throws lethe.device.store.ContentDamaged if it holds something else
     */
    public static EarlySms open(Slot slot) {
        return new EarlySms(slot, slot.read().map(EarlySmsForm::decode).orElse(List.of()));
    }

    /**
     * An SMS came.
     *
     * @param from whose number it came from; null if that is nobody's who is known
     * @param text without the tag
     * @return false if the same came before
     */
    public synchronized boolean came(ShortTag tag, @Nullable Tag from, String text, Instant now) {
        Opaque print = print(text);
        List<EarlySmsForm.Came> next = new ArrayList<>(young(now));
        if (next.stream().anyMatch(one -> one.tag().equals(tag) && one.print().equals(print))) {
            return false;
        }
        next.add(new EarlySmsForm.Came(tag, from, print, now));
        write(next.subList(Math.max(0, next.size() - MOST), next.size()));
        return true;
    }

    /** Whether a letter came as an SMS that says the same, and not from the number of somebody else who is known. */
    public synchronized boolean has(ShortTag tag, Tag from, String text, Instant now) {
        Opaque print = print(text);
        return young(now).stream()
                .anyMatch(one -> one.tag().equals(tag)
                        && one.print().equals(print)
                        && (one.from() == null || from.equals(one.from())));
    }

    private List<EarlySmsForm.Came> young(Instant now) {
        Instant oldest = now.minus(AGE);
        return all.stream().filter(one -> one.at().isAfter(oldest)).toList();
    }

    /** Forgets all. */
    public synchronized void clear() {
        if (!all.isEmpty()) {
            write(List.of());
        }
    }

    private void write(List<EarlySmsForm.Came> next) {
        slot.write(EarlySmsForm.encode(next));
        all = List.copyOf(next);
    }

    /** As a gateway sends it: half a surrogate is U+FFFD. */
    private static Opaque print(String text) {
        return Opaque.wrap(ShortTag.sha256(text.isEmpty() ? new byte[0] : new SmsWording.Text(text).bytes()));
    }

    @Override
    public String toString() {
        return "EarlySms[***]";
    }
}
