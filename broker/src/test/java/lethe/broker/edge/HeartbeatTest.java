package lethe.broker.edge;

import static lethe.broker.edge.websocket.ClientBytes.client;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
    private static TestEdge edge;

    @BeforeAll
    static void start() throws Exception {
        edge = TestEdge.start("session.heartbeat = 4 s, edge.socket.close-within = 300 ms");
    }

    @AfterAll
    static void stop() throws Exception {
        edge.close();
    }

    @Test
    void anIdlePhoneIsPingedAndStaysIfItAnswers() throws Exception {
        try (TestSocket socket = TestSocket.connect(edge, optedIn())) {
            for (int i = 0; i < 3; i++) {
                assertThat(socket.frame().opcode()).isEqualTo(9);
                socket.send(client().frame(0x8A, "").bytes());
            }
        }
    }

    @Test
    void aPhoneThatIsGoneIsClosed() throws Exception {
        try (TestSocket socket = TestSocket.connect(edge, optedIn())) {
            assertThat(socket.frame().opcode()).isEqualTo(9);
            assertThat(socket.closeFrame().closeCode()).isEqualTo(4408);
            assertThat(socket.rest()).isEmpty();
        }
    }

    private static TestPhone optedIn() throws Exception {
        TestPhone phone = new TestPhone(edge);
        assertThat(phone.optIn().statusCode()).isEqualTo(200);
        return phone;
    }
}
