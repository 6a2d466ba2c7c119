package lethe.broker.edge;

import static lethe.broker.edge.TestPhone.messageId;
import static lethe.broker.edge.websocket.ClientBytes.client;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lethe.broker.edge.websocket.ClientBytes;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.ServerFrame;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sockets that try to cost more than they may. */
class HostileSocketTest {
    private static TestEdge edge;

    @BeforeAll
    static void start() throws Exception {
        edge = TestEdge.start("""
                edge.socket { close-within = 300 ms, unread-bound = 256 KiB }
                session.burst = 2000
                """);
    }

    @AfterAll
    static void stop() throws Exception {
        edge.close();
    }

    @Test
    void sixHundredMegabytesCostNothing() throws Exception {
        long before = usedMemory();
        for (ClientBytes opening : List.of(client().header(0x82, 600_000_000), endless())) {
            try (TestSocket socket = TestSocket.open(edge)) {
                assertThat(sentBeforeTheEnd(socket, opening.bytes(), new byte[100_000]))
                        .isLessThan(30_000_000);
            }
        }
        assertThat(usedMemory() - before).isLessThan(50_000_000);
    }

    @Test
    void emptyFragmentsWithoutEndAreRefused() throws Exception {
        try (TestSocket socket = TestSocket.open(edge)) {
            ClientBytes fragments = client().frame(0x02, "");
            for (int i = 0; i < 2000; i++) {
                fragments.frame(0x00, "");
            }
            socket.send(fragments.bytes());
            assertThat(socket.closeFrame().closeCode()).isEqualTo(1009);
        }
    }

    @Test
    void aFloodOfPingsClosesTheSocket() throws Exception {
        try (TestSocket socket = TestSocket.open(edge)) {
            ByteArrayOutputStream flood = new ByteArrayOutputStream();
            for (int i = 0; i < 10_000; i++) {
                flood.writeBytes(client().frame(0x89, "x".repeat(125)).bytes());
            }
            sentBeforeTheEnd(socket, flood.toByteArray(), flood.toByteArray());
            assertThat(socket.closeFrame().closeCode()).isEqualTo(1008);
        }
    }

    @Test
    void aPhoneThatDoesNotReadIsClosedAndDisturbsNobody() throws Exception {
        TestPhone reader = optedIn();
        TestPhone deaf = optedIn();
        try (TestSocket b = TestSocket.connect(edge, reader);
                TestSocket c = TestSocket.connect(edge, deaf, 1000)) {
            int open = edge.connections();
            for (int sender = 0; sender < 4; sender++) {
                try (TestSocket a = TestSocket.connect(edge, optedIn())) {
                    for (int i = 0; i < 30; i++) {
                        a.send(message(i, deaf, 60_000));
                    }
                    a.send(message(30, reader, 10));
                    assertThat(b.next()).isInstanceOf(ServerFrame.Deliver.class);
                }
            }
            await().atMost(Duration.ofSeconds(15)).until(() -> edge.connections() < open);
        }
    }

    @Test
    void connectionsAreGivenBack() throws Exception {
        int before = edge.connections();
        List<TestSocket> sockets = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sockets.add(TestSocket.open(edge));
        }
        assertThat(edge.connections()).isGreaterThanOrEqualTo(20);
        for (TestSocket each : sockets) {
            each.close();
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> edge.connections() <= before);
    }

    private static TestPhone optedIn() throws Exception {
        TestPhone phone = new TestPhone(edge);
        assertThat(phone.optIn().statusCode()).isEqualTo(200);
        return phone;
    }

    /** Fragments that never end, each within the bound. */
    private static ClientBytes endless() {
        ClientBytes fragments = client().frame(0x02, new byte[1000]);
        for (int i = 0; i < 1000; i++) {
            fragments.frame(0x00, new byte[1000]);
        }
        return fragments;
    }

    private static ClientFrame.Send message(int ref, TestPhone to, int bytes) {
        return new ClientFrame.Send(
                ref, messageId(), to.tag, null, null, null, null, null, null, TestEdge.random(bytes), null);
    }

    private static long sentBeforeTheEnd(TestSocket socket, byte[] first, byte[] then) {
        long sent = 0;
        try {
            socket.send(first);
            while (sent < 600_000_000) {
                socket.send(then);
                sent += then.length;
            }
        } catch (IOException closed) {
            return sent;
        }
        return sent;
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
