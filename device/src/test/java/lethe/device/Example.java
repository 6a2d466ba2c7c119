package lethe.device;

import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import lethe.client.http.Answer;
import lethe.core.consent.Scope;
import lethe.core.identity.Tag;
import lethe.core.protocol.Bodies;
import lethe.device.store.Opening;
import lethe.device.store.VaultKey;

/** The program of docs/library.md. */
final class Example {
    private Example() {}

    static void write(Path directory, URI broker, Tag bob) {
        var opened = Lethe.open(directory, broker, VaultKey.none(), System.out::println);
        if (opened instanceof Opening.Opened<Lethe> phone) {
            try (Lethe lethe = phone.value()) {
                if (lethe.policy().toCompletableFuture().join() instanceof Answer.Good<Bodies.PolicyInForce> policy) {
                    lethe.optIn(policy.value(), Set.of(Scope.IP))
                            .toCompletableFuture()
                            .join(); // its owner has read it, and agrees
                    lethe.connect();
                    lethe.write(bob, "Hello").toCompletableFuture().join();
                }
            }
        }
    }
}
