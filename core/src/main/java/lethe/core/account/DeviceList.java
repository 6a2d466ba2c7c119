package lethe.core.account;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import lethe.core.identity.DeviceId;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.identity.Statement;
import lethe.core.identity.Tag;

/**
 * The devices of an account, as its key signed them. Whoever is not on it does not belong to the account.
 *
 * @param version of two lists for an address the one with the higher version counts, whichever account signed them: the
 *     second, since 1970, in which it was signed ({@link #versionAfter})
 * @param devices 1 to {@link #MOST}, no two with the same id
 * @param signature Ed25519 by the account key over {@link #statement}, 64 bytes
 */
public record DeviceList(long version, List<Device> devices, Opaque signature) {
    /** As many as a person has in use, with room. */
    public static final int MOST = 10;

    /** The version of a list that nothing has come before. */
    public static final long NONE = 0;

    /** How far the clock of a phone may be ahead. */
    private static final Duration AHEAD = Duration.ofDays(1);

    /**
     * A list that has the right form; whether the signature holds is not looked at.
     *
     * @throws IllegalArgumentException if it is empty, too long, names a device twice, or has a version below 1
     */
    public DeviceList {
        devices = List.copyOf(devices);
        if (version < 1 || devices.isEmpty() || devices.size() > MOST) {
            throw new IllegalArgumentException("a list has a version from 1 on, and 1 to " + MOST + " devices");
        }
        if (devices.stream().map(Device::id).distinct().count() < devices.size()) {
            throw new IllegalArgumentException("a list names a device once");
        }
    }

    /** The version of the list that is signed now, and comes after the one with the last version. */
    public static long versionAfter(long last, Instant now) {
        return Math.max(last + 1, now.getEpochSecond());
    }

    /** Whether its version is of a time to come: no account could follow for long, if that were taken. */
    public boolean isAhead(Instant now) {
        return version > now.plus(AHEAD).getEpochSecond();
    }

    /** What the account key signs: the address, itself, the version, and each device with its key in their order. */
    public static byte[] statement(Tag tag, DeviceKey account, long version, List<Device> devices) {
        Statement statement = Statement.of("lethe/1 devices")
                .with(tag.bytes())
                .with(account.bytes())
                .with(version);
        for (Device device : devices) {
            statement.with(device.id().bytes()).with(device.key().bytes());
        }
        return statement.toBytes();
    }

    /** Whether the account's owner signed this list for this address. */
    public boolean isSignedBy(DeviceKey account, Tag tag) {
        return account.signed(statement(tag, account, version, devices), signature);
    }

    /** The device with this id, if it is on the list. */
    public Optional<Device> find(DeviceId id) {
        for (Device device : devices) {
            if (device.id().equals(id)) {
                return Optional.of(device);
            }
        }
        return Optional.empty();
    }

    /** Whether this device, with this key, is on the list. */
    public boolean contains(Device device) {
        return devices.contains(device);
    }
}
