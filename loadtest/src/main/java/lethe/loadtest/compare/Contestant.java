package lethe.loadtest.compare;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import lethe.loadtest.load.LoadPlan;
import lethe.loadtest.load.Target;
import lethe.loadtest.peers.BareRelay;
import lethe.loadtest.peers.DebianPackage;
import lethe.loadtest.peers.Ejabberd;
import lethe.loadtest.peers.Mosquitto;
import lethe.loadtest.peers.RabbitMq;
import org.jspecify.annotations.Nullable;

/** Who takes part in a comparison. */
public enum Contestant {
    RELAY(null),
    MOSQUITTO(Mosquitto.PACKAGE),
    LETHE(null),
    EJABBERD(Ejabberd.PACKAGE),
    RABBITMQ(RabbitMq.PACKAGE);

    private final @Nullable DebianPackage needed;

    Contestant(@Nullable DebianPackage needed) {
        this.needed = needed;
    }

    /** By the names in tables. */
    public static Optional<Contestant> named(String name) {
        return Arrays.stream(values())
                .filter(one -> one.toString().equals(name))
                .findFirst();
    }

    /** The packages that are missing on this machine. */
    public static List<DebianPackage> missing(List<Contestant> contestants) {
        return contestants.stream()
                .flatMap(one -> Optional.ofNullable(one.needed).stream())
                .filter(needed -> !needed.isInstalled())
                .toList();
    }

    /** Whether it keeps messages durably for recipients that are away. */
    boolean keeps() {
        return this == LETHE || this == RABBITMQ;
    }

    /**
     * Starts a fresh one, and returns when it is ready.
     *
     * @param load that it has to bear
     * @param recipientsAway whether recipients are away while messages are sent
     */
    Target start(LoadPlan load, boolean recipientsAway) throws IOException, InterruptedException {
        return switch (this) {
            case RELAY -> BareRelay.start();
            case MOSQUITTO -> Mosquitto.start();
            case EJABBERD -> Ejabberd.start();
            case RABBITMQ -> RabbitMq.start(recipientsAway);
            case LETHE -> OwnBroker.start(load.pairs(), load.window());
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
