package lethe.persistence.row;

import com.fasterxml.jackson.annotation.JsonProperty;
import lethe.core.account.Device;
import lethe.core.identity.DeviceId;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;

/**
 * A device and its public key, as stored.
 *
 * @param since the version of the account's list with which it came
 */
record DeviceRow(
        @JsonProperty("id") Opaque id,
        @JsonProperty("key") Opaque key,
        @JsonProperty("since") long since) {

    static DeviceRow of(Device device, long since) {
        return new DeviceRow(device.id().bytes(), device.key().bytes(), since);
    }

    Device toDevice() {
        return new Device(new DeviceId(id), new DeviceKey(key));
    }
}
