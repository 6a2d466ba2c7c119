package lethe.persistence.hygiene;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/**
 * How this Java was started, as far as it writes what it remembers to a disk, or keeps what it has freed.
 *
 * @param heapDump whether it writes its heap when that is full, or at a full collection
 * @param errorFile whether it describes a crash in a file, with registers, stacks and what they point to
 * @param refillable whether its collector lets a program fill all memory that is free, and so overwrite what lies there
 */
record JavaFlags(boolean heapDump, boolean errorFile, boolean refillable) {
    private static final String NOWHERE = "/dev/null";

    /** Those of this process; empty for a Java that does not tell. */
    static Optional<JavaFlags> read() {
        var bean = Optional.ofNullable(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class));
        try {
            return bean.map(JavaFlags::of);
        } catch (IllegalArgumentException unknownFlag) {
            return Optional.empty();
        }
    }

    private static JavaFlags of(HotSpotDiagnosticMXBean java) {
        return new JavaFlags(
                isOn(java, "HeapDumpOnOutOfMemoryError")
                        || isOn(java, "HeapDumpBeforeFullGC")
                        || isOn(java, "HeapDumpAfterFullGC"),
                !java.getVMOption("ErrorFile").getValue().equals(NOWHERE),
                isOn(java, "UseParallelGC") || isOn(java, "UseSerialGC"));
    }

    private static boolean isOn(HotSpotDiagnosticMXBean java, String flag) {
        return Boolean.parseBoolean(java.getVMOption(flag).getValue());
    }
}
