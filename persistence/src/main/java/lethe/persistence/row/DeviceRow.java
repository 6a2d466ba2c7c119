package lethe.persistence.row;

import com.fasterxml.jackson.annotation.JsonProperty;
import lethe.core.identity.DeviceId;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.subscriber.Device;

/** A device and its public key, as stored. */
record DeviceRow(
        @JsonProperty("id") Opaque id, @JsonProperty("key") Opaque key) {

    static DeviceRow of(Device device) {
        return new DeviceRow(device.id().bytes(), device.key().bytes());
    }

    Device toDevice() {
        return new Device(new DeviceId(id), new DeviceKey(key));
    }
}
