package lethe.device.phone;

import java.util.Arrays;
import java.util.Optional;
import lethe.core.account.Device;
import lethe.core.identity.DeviceId;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;

/** A device's id and key as one word, to be carried from its screen to another one. Nothing of it is secret. */
final class LinkCode {
    private LinkCode() {}

    static String of(Device device) {
        byte[] bytes = Arrays.copyOf(device.id().bytes().shared(), DeviceId.LENGTH + DeviceKey.LENGTH);
        System.arraycopy(device.key().bytes().shared(), 0, bytes, DeviceId.LENGTH, DeviceKey.LENGTH);
        return Opaque.wrap(bytes).toText();
    }

    /** The device; empty if it is no such word. */
    static Optional<Device> parse(String word) {
        try {
            byte[] bytes = Opaque.fromText(word).shared();
            return bytes.length != DeviceId.LENGTH + DeviceKey.LENGTH
                    ? Optional.empty()
                    : Optional.of(new Device(
                            new DeviceId(Opaque.wrap(Arrays.copyOf(bytes, DeviceId.LENGTH))),
                            new DeviceKey(Opaque.wrap(Arrays.copyOfRange(bytes, DeviceId.LENGTH, bytes.length)))));
        } catch (IllegalArgumentException notBase64url) {
            return Optional.empty();
        }
    }
}
