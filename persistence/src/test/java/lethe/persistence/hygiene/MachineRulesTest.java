package lethe.persistence.hygiene;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever could write a broker's memory to a disk is named. */
class MachineRulesTest {
    private static final String HEADER = "Filename\tType\tSize\tUsed\tPriority\n";
    private static final CoreDumps NONE = new CoreDumps(0, "core", 0x33);

    @TempDir
    private Path root = Path.of("");

    @Test
    void hasNothingToSayWhenAllIsWell() {
        assertThat(MachineRules.advice(new Machine(List.of(), NONE))).isEmpty();
        assertThat(MachineRules.advice(new JavaFlags(false, false, true))).isEmpty();
    }

    @Test
    void refusesACollectorThatKeepsWhatIsFree() {
        assertThat(MachineRules.advice(new JavaFlags(false, false, false)))
                .singleElement()
                .asString()
                .startsWith("start with -XX:+UseParallelGC");
    }

    @Test
    void refusesSwap() {
        assertThat(MachineRules.advice(new Machine(List.of("/dev/sda2"), NONE)))
                .singleElement()
                .asString()
                .startsWith("turn swap off");
    }

    @Test
    void refusesCoreFiles() {
        assertThat(MachineRules.advice(new Machine(List.of(), new CoreDumps(1, "core", 0x33))))
                .singleElement()
                .asString()
                .startsWith("start with ulimit -c 0");
    }

    /** See core(5): the limit is not enforced for a core that a program gets. */
    @Test
    void refusesCoresForAProgramWhateverTheLimit() {
        assertThat(MachineRules.advice(new Machine(List.of(), new CoreDumps(0, "|/bin/collector %p", 0x33))))
                .singleElement()
                .asString()
                .startsWith("start with 0 in /proc/self/coredump_filter");
    }

    @Test
    void takesCoresWithoutAHeap() {
        assertThat(new CoreDumps(0, "|/bin/collector %p", 0).hasHeap()).isFalse();
        // Java adds private mappings of files by itself.
        assertThat(new CoreDumps(Long.MAX_VALUE, "core", 0x4).hasHeap()).isFalse();
    }

    @Test
    void refusesHeapDumpsAndReportsOfCrashes() {
        assertThat(MachineRules.advice(new JavaFlags(true, true, true)))
                .satisfiesExactly(
                        dump -> assertThat(dump).startsWith("start with -XX:-HeapDumpOnOutOfMemoryError"),
                        report -> assertThat(report).startsWith("start with -XX:ErrorFile=/dev/null"));
    }

    @Test
    void readsTheFlagsOfThisJava() {
        assertThat(JavaFlags.read()).get().extracting(JavaFlags::heapDump).isEqualTo(false);
    }

    @Test
    void readsWhatLinuxSays() throws IOException {
        givenLinux(Map.of("proc/swaps", HEADER + "/dev/sda2  partition 8 0 -2\n/dev/zram0 partition 8 0 -3\n"));
        assertThat(Machine.read(root))
                .isEqualTo(
                        new Machine(List.of("/dev/sda2"), new CoreDumps(Long.MAX_VALUE, "|/bin/collector %p", 0x33)));
    }

    @Test
    void takesSwapThatIsNotForThisProcess() throws IOException {
        givenLinux(Map.of(
                "proc/swaps", HEADER + "/dev/sda2 partition 8 0 -2\n",
                "proc/self/cgroup", "1:name=systemd:/\n0::/system.slice/lethe.service\n",
                "sys/fs/cgroup/system.slice/lethe.service/memory.swap.max", "0\n"));
        assertThat(Machine.read(root).swaps()).isEmpty();
    }

    @Test
    void saysThatItCouldNotLook() {
        assertThat(Hygiene.machine(root))
                .singleElement()
                .extracting(Finding::advice)
                .asString()
                .contains("could not be looked at");
    }

    private void givenLinux(Map<String, String> more) throws IOException {
        var files = new TreeMap<>(Map.of(
                "proc/swaps", HEADER,
                "proc/self/cgroup", "0::/\n",
                "proc/self/coredump_filter", "00000033\n",
                "proc/self/limits", "Limit Soft Hard Units\nMax core file size  unlimited  unlimited  bytes\n",
                "proc/sys/kernel/core_pattern", "|/bin/collector %p\n"));
        files.putAll(more);
        for (var file : files.entrySet()) {
            var path = root.resolve(file.getKey());
            Files.createDirectories(Objects.requireNonNull(path.getParent()));
            Files.writeString(path, file.getValue());
        }
    }
}
