package lethe.persistence.hygiene;

import java.util.ArrayList;
import java.util.List;

/** What the machine and the Java of a broker should be like: its memory holds messages. */
final class MachineRules {
    private MachineRules() {}

    /** What to change of the machine; none when all is well. */
    static List<String> advice(Machine machine) {
        var advice = new ArrayList<String>();
        if (!machine.swaps().isEmpty()) {
            advice.add("turn swap off (swapoff -a, and /etc/fstab), or forbid it to the broker (MemorySwapMax=0); the"
                    + " memory of a broker holds messages and keys");
        }
        if (machine.cores().hasHeap()) {
            advice.add(cores(machine.cores()));
        }
        return advice;
    }

    /** What to change of how Java was started; none when all is well. */
    static List<String> advice(JavaFlags java) {
        var advice = new ArrayList<String>();
        if (java.heapDump()) {
            advice.add("start with -XX:-HeapDumpOnOutOfMemoryError, and without HeapDumpBeforeFullGC and"
                    + " HeapDumpAfterFullGC; a heap dump holds messages and keys");
        }
        if (java.errorFile()) {
            advice.add("start with -XX:ErrorFile=/dev/null; the report of a crash holds registers and stacks");
        }
        if (!java.refillable()) {
            advice.add(
                    "start with -XX:+UseParallelGC or -XX:+UseSerialGC; under another collector what messages leave in"
                            + " memory that is free is not overwritten, and lies there until it is used again");
        }
        return advice;
    }

    private static String cores(CoreDumps cores) {
        return cores.isPiped()
                ? "start with 0 in /proc/self/coredump_filter, as ./lethe does, or set kernel.core_pattern to a file; it"
                        + " gives cores to a program whatever the limit, and a core holds messages and keys"
                : "start with ulimit -c 0 (LimitCORE=0); a core file holds messages and keys";
    }
}
