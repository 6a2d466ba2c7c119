package lethe.broker.subscriber;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import lethe.core.account.DeviceList;
import lethe.core.identity.DeviceId;
import lethe.core.identity.Opaque;

/**
 * The nonces of each of a subscriber's devices: one that uses up its own room takes none from the others. A request
 * names its device under its signature, so no nonce can be replayed as another one's. Those of a device that was
 * removed are remembered for their time, for it may be listed again.
 */
final class DeviceNonces {
    /** Devices remembered at a time: as many as an account has, and as many that took the place of others. */
    private static final int MOST_DEVICES = 2 * DeviceList.MOST;

    private final int most;
    private Map<DeviceId, Nonces> devices = Map.of();

    /**
     * None was used yet.
     *
     * @param most nonces of one device
     */
    DeviceNonces(int most) {
        this.most = most;
    }

    /** Uses a nonce of a device that has been proven to be the subscriber's. */
    Nonces.Use use(DeviceId by, Opaque nonce, Instant now) {
        Nonces known = devices.get(by);
        if (known != null) {
            return known.use(nonce, now);
        }
        forgetOld(now);
        if (devices.size() >= MOST_DEVICES) {
            return Nonces.Use.NO_ROOM;
        }
        if (devices.isEmpty()) {
            devices = new HashMap<>(2);
        }
        return devices.computeIfAbsent(by, first -> new Nonces(most)).use(nonce, now);
    }

    /** Whether one is remembered that could still be replayed: until then the actor must stay in memory. */
    boolean isAnyFresh(Instant now) {
        forgetOld(now);
        return !devices.isEmpty();
    }

    private void forgetOld(Instant now) {
        devices.values().removeIf(nonces -> !nonces.isAnyFresh(now));
        if (devices.isEmpty()) {
            devices = Map.of();
        }
    }
}
