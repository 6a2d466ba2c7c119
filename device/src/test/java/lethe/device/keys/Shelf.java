package lethe.device.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import lethe.core.identity.DeviceId;
import lethe.core.identity.Opaque;
import lethe.core.prekey.DevicePrekeys;
import lethe.core.prekey.Prekey;
import lethe.core.prekey.PrekeyBatch;
import lethe.core.prekey.PrekeyRef;
import lethe.core.protocol.PrekeyBodies.BundledPrekey;
import lethe.core.protocol.PrekeyBodies.PrekeysLeft;

/** What a broker has of one phone, by the broker's own rules; and a memory of all that was ever there. */
public final class Shelf {
    private final DeviceId device;
    private final Map<Long, Opaque> everThere = new HashMap<>();
    private final Map<Long, Prekey> keys = new HashMap<>();
    private DevicePrekeys stored = DevicePrekeys.NONE;

    public Shelf(DeviceId device) {
        this.device = device;
    }

    PrekeysLeft left() {
        return PrekeysLeft.of(stored);
    }

    /** Takes what is above all that was there, as a phone sends the rest of a batch. */
    public void put(PrekeyBatch batch) {
        PrekeyBatch above = new PrekeyBatch(
                batch.oneTime().stream()
                        .filter(each -> each.id() > stored.highest())
                        .toList(),
                batch.lastResort().stream()
                        .filter(each -> each.id() > stored.highest())
                        .toList());
        above.oneTime().forEach(this::keep);
        above.lastResort().forEach(this::keep);
        stored = stored.with(above, 1);
        assertThat(stored.left()).isLessThanOrEqualTo(DevicePrekeys.MOST);
    }

    private void keep(Prekey prekey) {
        assertThat(everThere.put(prekey.id(), prekey.body()))
                .as("an id is given once")
                .isNull();
        keys.put(prekey.id(), prekey);
    }

    /** To one asker, as the broker gives it. */
    public Optional<BundledPrekey> give(int suite) {
        Optional<PrekeyRef> one = stored.next(device, suite);
        if (one.isPresent()) {
            stored = stored.without(one.get());
            return one.map(ref -> new BundledPrekey(device, false, key(ref)));
        }
        return stored.lastResort(device, suite).map(ref -> new BundledPrekey(device, true, key(ref)));
    }

    private Prekey key(PrekeyRef ref) {
        return Objects.requireNonNull(keys.get(ref.id()));
    }
}
