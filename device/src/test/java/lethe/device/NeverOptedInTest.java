package lethe.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import lethe.device.store.Identity;
import lethe.device.store.MemoryStore;
import org.junit.jupiter.api.Test;

/** A phone whose owner has not agreed. */
class NeverOptedInTest {
    @Test
    void opensNothing() {
        try (Scene scene = new Scene()) {
            Person alice = scene.stranger(1, new MemoryStore(Identity.draw(new Random(1))));

            assertThat(alice.lethe.connect()).isFalse();
            assertThat(alice.lethe
                            .write(Given.tag(2), "hello")
                            .toCompletableFuture()
                            .join())
                    .isEqualTo(new Sending.Off());
            assertThat(alice.lethe
                            .typing(Given.tag(2), true)
                            .toCompletableFuture()
                            .join())
                    .isEqualTo(new Sending.Off());
            alice.lethe.client().networkIsBack();
            scene.passes(Duration.ofDays(8));

            assertThat(scene.broker.connections()).isZero();
            assertThat(alice.heard).isEmpty();
        }
    }
}
