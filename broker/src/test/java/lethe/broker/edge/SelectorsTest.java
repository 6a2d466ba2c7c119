package lethe.broker.edge;

import static lethe.broker.edge.TestPhone.messageId;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.ServerFrame;
import org.junit.jupiter.api.Test;

/** Where there is no epoll, Java's selectors carry the sockets. */
class SelectorsTest {
    @Test
    void carryAMessageAndItsReceipt() throws Exception {
        try (TestEdge edge = TestEdge.start("loops.epoll = off")) {
            TestPhone alice = new TestPhone(edge);
            TestPhone bob = new TestPhone(edge);
            assertThat(alice.optIn().statusCode()).isEqualTo(200);
            assertThat(bob.optIn().statusCode()).isEqualTo(200);
            try (TestSocket a = TestSocket.connect(edge, alice);
                    TestSocket b = TestSocket.connect(edge, bob)) {
                a.send(new ClientFrame.Send(
                        1, messageId(), bob.tag, null, null, null, null, null, null, TestEdge.random(300), null));
                ServerFrame.Deliver deliver = (ServerFrame.Deliver) b.next();
                b.send(new ClientFrame.Ack(deliver.seq(), List.of(), List.of()));
                assertThat(a.next()).isInstanceOf(ServerFrame.Receipt.class);
            }
        }
    }
}
