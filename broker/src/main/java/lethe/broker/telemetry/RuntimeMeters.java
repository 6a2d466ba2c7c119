package lethe.broker.telemetry;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The JVM and its process: memory, collections, threads, processors, files, age. Nothing that says how or where it was
 * started.
 */
final class RuntimeMeters implements MeterBinder, AutoCloseable {
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final List<MeterBinder> others = List.of(
            new JvmMemoryMetrics(),
            new JvmThreadMetrics(),
            new ProcessorMetrics(),
            new FileDescriptorMetrics(),
            new UptimeMetrics());

    @Override
    public void bindTo(MeterRegistry registry) {
        registry.config().meterFilter(new InPrometheusWords());
        collections.bindTo(registry);
        others.forEach(meters -> meters.bindTo(registry));
        if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean process) {
            FunctionCounter.builder("process.cpu", process, RuntimeMeters::cpuSeconds)
                    .description("Processor time that this process has had")
                    .baseUnit("seconds")
                    .register(registry);
        }
    }

    private static double cpuSeconds(OperatingSystemMXBean process) {
        return (double) process.getProcessCpuTime() / TimeUnit.SECONDS.toNanos(1);
    }

    @Override
    public void close() {
        collections.close();
    }

    /** Times are in seconds there, and only parts of histograms are called counts. */
    private static final class InPrometheusWords implements MeterFilter {
        @Override
        public Meter.Id map(Meter.Id id) {
            return id.getName().equals("system.cpu.count") ? id.withName("system.processors") : id;
        }

        @Override
        public MeterFilterReply accept(Meter.Id id) {
            return id.getName().equals("process.cpu.time") ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
        }
    }
}
