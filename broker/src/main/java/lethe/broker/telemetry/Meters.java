package lethe.broker.telemetry;

import io.micrometer.core.instrument.binder.MeterBinder;

/** Numbers that belong together. To those who add them, no word of who reads them. */
public sealed interface Meters extends MeterBinder permits EdgeMeters, KeyMeters, LimitMeters, SmsMeters, StoreMeters {}
