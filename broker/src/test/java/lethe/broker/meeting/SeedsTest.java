package lethe.broker.meeting;

import static lethe.broker.meeting.TestMember.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that meet by a list, over TLS with certificates on both sides. */
class SeedsTest {
    private static final String NAME = "lethe-node";

    private final int one = TestMember.freePort("127.0.0.1");
    private final int two = TestMember.freePort("127.0.0.1");
    private final TestAuthority authority = new TestAuthority("nodes");
    private final List<TestMember> members = new ArrayList<>();

    @TempDir
    private Path directory;

    @AfterEach
    void stop() {
        members.forEach(TestMember::close);
    }

    @Test
    void beginAClusterWhenAllOfThemAnswer() {
        TestMember first = starts(one, issued(authority, "first", NAME));
        soon().during(Duration.ofSeconds(3)).until(() -> !first.isMember());

        TestMember second = starts(two, issued(authority, "second", NAME));

        soon().until(() -> first.up() == 2 && second.up() == 2);
    }

    @Test
    void doNotBelieveANodeOfAnotherCluster() {
        TestMember first = starts(one, issued(authority, "first", NAME));
        TestMember second = starts(two, issued(authority, "second", NAME));
        soon().until(() -> first.up() == 2 && second.up() == 2);

        refuse(first, issued(new TestAuthority("others"), "stranger", NAME), "SSLHandshakeException");
    }

    /** It believes them, and looks as they do; only its certificate is by somebody else. */
    @Test
    void doNotBelieveANodeThatBelievesThem() {
        TestMember first = starts(one, issued(authority, "first", NAME));
        TestMember second = starts(two, issued(authority, "second", NAME));
        soon().until(() -> first.up() == 2 && second.up() == 2);
        Path files = issued(new TestAuthority("nodes"), "stranger", NAME);
        authority.writeTo(files.resolve("ca.crt"));

        refuse(first, files, "certificate");
    }

    /** Signed by the authority, but for something else. */
    @Test
    void doNotBelieveACertificateThatIsForNoNode() {
        TestMember first = starts(one, issued(authority, "first", NAME));
        TestMember second = starts(two, issued(authority, "second", NAME));
        soon().until(() -> first.up() == 2 && second.up() == 2);

        refuse(first, issued(authority, "stranger", "something-else"), "subject names");
    }

    private void refuse(TestMember member, Path files, String said) {
        try (Warnings warnings = new Warnings()) {
            TestMember stranger = starts(TestMember.freePort("127.0.0.1"), files);

            soon().until(() -> warnings.text().contains(said));
            assertThat(stranger.isMember()).isFalse();
            assertThat(member.up()).isEqualTo(2);
            assertThat(warnings.text()).doesNotContain("PRIVATE", "-----");
        }
    }

    @Test
    void doNotLetInANodeThatDividesSubscribersOtherwise() {
        TestMember first = starts(one, issued(authority, "first", NAME));
        TestMember second = starts(two, issued(authority, "second", NAME));
        soon().until(() -> first.up() == 2 && second.up() == 2);

        try (Warnings warnings = new Warnings()) {
            TestMember other = starts(
                    TestMember.freePort("127.0.0.1"), issued(authority, "third", NAME), "lethe.cluster.shards = 7");

            soon().until(other::hasEnded);
            assertThat(first.up()).isEqualTo(2);
            assertThat(warnings.text()).contains("lethe.cluster.shards is not what it is on the other nodes");
        }
    }

    @Test
    void readCertificatesAnewWhileTheyRun() {
        Path firstFiles = issued(authority, "first", NAME);
        Path secondFiles = issued(authority, "second", NAME);
        TestMember first = starts(one, firstFiles);
        TestMember second = starts(two, secondFiles);
        soon().until(() -> first.up() == 2 && second.up() == 2);

        TestAuthority later = new TestAuthority("later nodes");
        later.issue(firstFiles, NAME);
        later.issue(secondFiles, NAME);
        TestMember third = starts(TestMember.freePort("127.0.0.1"), issued(later, "third", NAME));

        soon().until(() -> first.up() == 3 && second.up() == 3 && third.up() == 3);
    }

    /** Somebody else listens where the others would ask it. */
    @Test
    void endWithoutTheirPort() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            TestMember member = starts(taken.getLocalPort(), issued(authority, "first", NAME));

            soon().until(member::hasEnded);
        }
    }

    private Path issued(TestAuthority by, String node, String name) {
        Path files = directory.resolve(node);
        by.issue(files, name);
        return files;
    }

    private TestMember starts(int bootstrapPort, Path files) {
        return starts(bootstrapPort, files, "");
    }

    private TestMember starts(int bootstrapPort, Path files, String more) {
        TestMember member = TestMember.start(
                """
                meet = seeds
                seeds = ["127.0.0.1:%d", "127.0.0.1:%d"]
                bootstrap-port = %d
                tls {
                  certificate = "%s"
                  private-key = "%s"
                  authority = "%s"
                  reload-after = 1 s
                }
                """.formatted(
                                one,
                                two,
                                bootstrapPort,
                                files.resolve("tls.crt"),
                                files.resolve("tls.key"),
                                files.resolve("ca.crt")),
                more);
        members.add(member);
        return member;
    }
}
