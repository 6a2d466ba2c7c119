package lethe.device.store;

import java.util.Optional;
import lethe.core.identity.Opaque;
import org.jspecify.annotations.Nullable;

/** A place that is empty again when the process ends. */
public final class MemorySlot implements Slot {
    private volatile @Nullable Opaque content;

    @Override
    public Optional<Opaque> read() {
        return Optional.ofNullable(content);
    }

    @Override
    public void write(Opaque replacement) {
        content = replacement;
    }

    @Override
    public void delete() {
        content = null;
    }
}
