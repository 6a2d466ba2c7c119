package lethe.persistence.row;

import com.fasterxml.jackson.annotation.JsonProperty;
import lethe.core.block.Blocks;
import lethe.core.identity.Opaque;
import org.jspecify.annotations.Nullable;

/** From whom a subscriber takes nothing, as stored: marks, and the key under which they were made. */
record BlocksRow(
        @JsonProperty("key") Opaque key,
        @JsonProperty("marks") Opaque marks) {

    static @Nullable BlocksRow of(Blocks blocks) {
        return blocks.isEmpty() ? null : new BlocksRow(blocks.key(), blocks.marks());
    }

    Blocks toBlocks() {
        return Blocks.of(key, marks);
    }
}
