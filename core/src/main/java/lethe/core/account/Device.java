package lethe.core.account;

import lethe.core.identity.DeviceId;
import lethe.core.identity.DeviceKey;

/** One phone or browser of a subscriber, and the key by which it is known. */
public record Device(DeviceId id, DeviceKey key) {}
