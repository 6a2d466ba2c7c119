package lethe.loadtest.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class UsageTest {
    @Test
    void agreesWithJavaAboutThisProcess() throws Exception {
        var java = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        var before = Duration.ofNanos(java.getProcessCpuTime());
        var used = Usage.of(List.of(ProcessHandle.current())).processor();
        assertThat(used).isBetween(before.minusMillis(100), before.plusMillis(1_000));
    }

    @Test
    void knowsNoProcessThatIsGone() throws Exception {
        var gone = new ProcessBuilder("true").start();
        var process = gone.toHandle();
        gone.waitFor();
        assertThatThrownBy(() -> Usage.of(List.of(process))).isInstanceOf(IOException.class);
    }
}
