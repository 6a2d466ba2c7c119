package lethe.broker.edge.resource;

import com.typesafe.config.Config;
import java.util.Arrays;
import java.util.List;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;

/**
 * Whose word counts that an address is somebody's number.
 *
 * @param verifiers their public keys
 * @param open whether an address that is free needs no proof
 */
public record RegistrationSettings(List<DeviceKey> verifiers, boolean open) {
    public RegistrationSettings {
        verifiers = List.copyOf(verifiers);
    }

    /**
     * For a broker that is to let somebody in.
     *
     * @throws IllegalArgumentException if it could not
     */
    public void requireSomebodyCanOptIn() {
        if (verifiers.isEmpty() && !open) {
            throw new IllegalArgumentException("nobody could opt in: name a verifier's key in"
                    + " lethe.registration.verifiers, or set lethe.registration.open = on, and whoever comes first has"
                    + " an address");
        }
    }

    /**
     * Reads {@code lethe.registration}.
     *
     * @throws IllegalArgumentException if a key is none
     */
    public static RegistrationSettings from(Config registration) {
        return new RegistrationSettings(
                registration.getStringList("verifiers").stream()
                        .map(RegistrationSettings::key)
                        .toList(),
                registration.getBoolean("open"));
    }

    /** What phones pin are two keys, of which the second one is what the verifier signs with. */
    private static DeviceKey key(String text) {
        try {
            byte[] bytes = Opaque.fromText(text).shared();
            boolean both = bytes.length == 2 * DeviceKey.LENGTH;
            return new DeviceKey(Opaque.wrap(both ? Arrays.copyOfRange(bytes, DeviceKey.LENGTH, bytes.length) : bytes));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("lethe.registration.verifiers has something that is no verifier's key");
        }
    }
}
