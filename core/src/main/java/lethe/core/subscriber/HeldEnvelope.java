package lethe.core.subscriber;

import lethe.core.identity.DeviceId;
import lethe.core.queue.Envelope;
import lethe.core.queue.Slot;

/** A stored envelope: one row of the snapshot. It names no sender. */
public record HeldEnvelope(Slot slot, DeviceId device, Envelope envelope) {}
