package lethe.broker.meeting;

import static lethe.broker.meeting.TestMember.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Nodes that do not reach each other any more. */
class PartingTest {
    private final List<Integer> ports =
            Stream.generate(() -> TestMember.freePort("127.0.0.1")).limit(3).toList();
    private final List<TestMember> members = new ArrayList<>();

    @AfterEach
    void stop() {
        members.forEach(TestMember::close);
    }

    @Test
    void leaveItToTheLargerPart() throws Exception {
        TestMember one = starts(ports.get(0), "");
        TestMember two = starts(ports.get(1), "");
        TestMember away = starts(ports.get(2), "");
        soon().until(() -> one.up() == 3 && two.up() == 3 && away.up() == 3);

        away.cutFrom(one);
        away.cutFrom(two);

        soon().until(away::hasEnded);
        soon().until(() -> one.up() == 2 && two.up() == 2);
        assertThat(one.hasEnded() || two.hasEnded()).isFalse();
    }

    /** The part with the subscribers is of use; the other is only larger. */
    @Test
    void countThoseThatKeepSubscribers() throws Exception {
        TestMember shard = starts(ports.get(0), "roles = [shard]");
        TestMember edge = starts(ports.get(1), "roles = [edge]");
        TestMember other = starts(ports.get(2), "roles = [edge]");
        soon().until(() -> shard.up() == 3 && edge.up() == 3 && other.up() == 3);

        shard.cutFrom(edge);
        shard.cutFrom(other);

        soon().until(() -> edge.hasEnded() && other.hasEnded());
        soon().until(() -> shard.up() == 1);
        assertThat(shard.hasEnded()).isFalse();
    }

    private TestMember starts(int bootstrapPort, String cluster) {
        String seeds = ports.stream().map(port -> "\"127.0.0.1:" + port + "\"").collect(Collectors.joining(", "));
        TestMember member = TestMember.start(
                "meet = seeds, seeds = [" + seeds + "], bootstrap-port = " + bootstrapPort + ", stable-after = 2 s\n"
                        + cluster,
                """
                akka.remote.artery.advanced.test-mode = on
                akka.cluster.failure-detector.acceptable-heartbeat-pause = 8 s
                """);
        members.add(member);
        return member;
    }
}
