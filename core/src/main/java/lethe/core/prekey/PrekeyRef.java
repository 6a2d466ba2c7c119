package lethe.core.prekey;

import lethe.core.identity.DeviceId;

/**
 * Which stored prekey.
 *
 * @param incarnation of the subscriber that stored it
 */
public record PrekeyRef(DeviceId device, int suite, long id, long incarnation) {}
