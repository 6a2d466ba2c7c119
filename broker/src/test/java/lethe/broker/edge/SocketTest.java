package lethe.broker.edge;

import static lethe.broker.edge.TestPhone.messageId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import lethe.broker.edge.websocket.ClientBytes;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.ProblemType;
import lethe.core.protocol.ServerFrame;
import lethe.core.receipt.ReceiptState;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Frames;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketTest {
    private static TestEdge edge;

    private TestPhone alice;
    private TestPhone bob;

    @BeforeAll
    static void start() throws Exception {
        edge = TestEdge.start("session.hello-within = 2 s, edge.socket.close-within = 200 ms");
    }

    @AfterAll
    static void stop() throws Exception {
        edge.close();
    }

    @BeforeEach
    void twoPhones() throws Exception {
        alice = new TestPhone(edge);
        bob = new TestPhone(edge);
        alice.optIn();
        bob.optIn();
    }

    @Test
    void carriesAMessageAndItsReceipt() throws Exception {
        try (TestSocket a = TestSocket.connect(edge, alice);
                TestSocket b = TestSocket.connect(edge, bob)) {
            MessageId id = messageId();
            a.send(send(1, id, 60_000));
            ServerFrame.Deliver deliver = (ServerFrame.Deliver) b.next();
            assertThat(deliver.id()).isEqualTo(id);
            assertThat(deliver.body().length()).isEqualTo(60_000);
            b.send(new ClientFrame.Ack(deliver.seq(), List.of(), List.of()));
            assertThat(a.next()).isInstanceOfSatisfying(ServerFrame.Receipt.class, receipt -> {
                assertThat(receipt.id()).isEqualTo(id);
                assertThat(receipt.state()).isEqualTo(ReceiptState.DELIVERED);
            });
        }
    }

    @Test
    void keepsOrderWhenManyAreUnderWay() throws Exception {
        try (TestSocket a = TestSocket.connect(edge, alice);
                TestSocket b = TestSocket.connect(edge, bob)) {
            ClientBytes burst = ClientBytes.client();
            for (int i = 0; i < 20; i++) {
                burst.binary(Frames.encode(Encoding.CBOR, send(i, messageId(), 1000 + i)));
            }
            a.send(burst.bytes());
            for (int i = 0; i < 20; i++) {
                ServerFrame.Deliver deliver = (ServerFrame.Deliver) b.next();
                assertThat(deliver.seq()).isEqualTo(i + 1L);
                assertThat(deliver.body().length()).isEqualTo(1000 + i);
            }
        }
    }

    @Test
    void anotherClientSpeaksJson() throws Exception {
        BlockingQueue<ServerFrame> heard = new LinkedBlockingQueue<>();
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("something.else", "lethe.v1.json")
                .buildAsync(URI.create(edge.base().replace("http:", "ws:") + "/v1/socket"), new Listening(heard))
                .get(10, TimeUnit.SECONDS);
        assertThat(socket.getSubprotocol()).isEqualTo("lethe.v1.json");
        Opaque nonce = ((ServerFrame.Challenge) poll(heard)).nonce();
        socket.sendText(json(alice.hello(nonce, 8)), true).get(10, TimeUnit.SECONDS);
        assertThat(poll(heard)).isInstanceOf(ServerFrame.Welcome.class);
        assertThat(poll(heard)).isInstanceOf(ServerFrame.Drained.class);
        socket.sendText(json(new ClientFrame.Ping()), true).get(10, TimeUnit.SECONDS);
        assertThat(poll(heard)).isInstanceOf(ServerFrame.Pong.class);
        socket.abort();
    }

    @Test
    void aPhoneThatSaysNothingIsClosed() throws Exception {
        try (TestSocket silent = TestSocket.open(edge)) {
            assertThat(silent.closeFrame().closeCode()).isEqualTo(4408);
        }
    }

    @Test
    void pingsAreNoHello() throws Exception {
        try (TestSocket chatty = TestSocket.open(edge)) {
            chatty.socket.setSoTimeout(500);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            int code = 0;
            while (code == 0 && System.nanoTime() < end) {
                chatty.send(ClientBytes.client().frame(0x89, "x").bytes());
                TestSocket.Frame frame = chatty.frame();
                code = frame.opcode() == 8 ? frame.closeCode() : 0;
                java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
            }
            assertThat(code).isEqualTo(4408);
        }
    }

    @Test
    void theSameDeviceElsewhereReplaces() throws Exception {
        try (TestSocket first = TestSocket.connect(edge, alice);
                TestSocket second = TestSocket.connect(edge, alice)) {
            assertThat(first.closeFrame().closeCode()).isEqualTo(4409);
            assertThat(second.send(new ClientFrame.Ping()).next()).isInstanceOf(ServerFrame.Pong.class);
        }
    }

    @Test
    void optingOutClosesTheSocket() throws Exception {
        try (TestSocket socket = TestSocket.connect(edge, alice)) {
            TestPhone.send(alice.delete("/v1/self/consent", null));
            assertThat(socket.closeFrame().closeCode()).isEqualTo(4410);
        }
    }

    @Test
    void withoutConsentThereIsNoWelcome() throws Exception {
        try (TestSocket socket = TestSocket.open(edge).say(new TestPhone(edge), 8)) {
            assertThat(socket.closeFrame().closeCode()).isEqualTo(4401);
        }
    }

    @Test
    void aFalseProofIsRefused() throws Exception {
        try (TestSocket socket = TestSocket.open(edge);
                TestSocket other = TestSocket.open(edge)) {
            socket.send(alice.hello(other.nonce, 8));
            assertThat(socket.closeFrame().closeCode()).isEqualTo(4401);
        }
    }

    @Test
    void anUnreadableFrameIsRefusedAndTheSocketStays() throws Exception {
        try (TestSocket socket = TestSocket.connect(edge, alice)) {
            socket.send(
                    ClientBytes.client().binary(new byte[] {(byte) 0xFF, 1, 2}).bytes());
            assertThat(socket.next())
                    .isInstanceOfSatisfying(
                            ServerFrame.Refused.class,
                            refused -> assertThat(refused.problem().type()).isEqualTo(ProblemType.MALFORMED));
            socket.send(ClientBytes.client().text("{}").bytes());
            assertThat(socket.next()).isInstanceOf(ServerFrame.Refused.class);
            assertThat(socket.send(new ClientFrame.Ping()).next()).isInstanceOf(ServerFrame.Pong.class);
        }
    }

    @Test
    void answersAPingWithItsBytes() throws Exception {
        try (TestSocket socket = TestSocket.open(edge)) {
            socket.send(ClientBytes.client().frame(0x89, "still there?").bytes());
            TestSocket.Frame pong = socket.frame();
            assertThat(pong.opcode()).isEqualTo(10);
            assertThat(pong.payload().toBytes()).isEqualTo("still there?".getBytes(StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 3000, 4999})
    void answersACloseWithItsCodeAndEndsTheConnection(int code) throws Exception {
        try (TestSocket socket = TestSocket.open(edge)) {
            socket.send(ClientBytes.client().close(code, "done").bytes());
            assertThat(socket.closeFrame().closeCode()).isEqualTo(code);
            assertThatThrownBy(socket::frame).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void sayingByeEndsTheConnection() throws Exception {
        try (TestSocket socket = TestSocket.connect(edge, alice)) {
            TestSocket.Frame close = socket.send(new ClientFrame.Bye()).closeFrame();
            assertThat(close.closeCode()).isEqualTo(1000);
            assertThat(close.closeText()).isEqualTo("bye");
            assertThatThrownBy(socket::frame).isInstanceOf(EOFException.class);
        }
    }

    private ClientFrame.Send send(long ref, MessageId id, int bytes) {
        return new ClientFrame.Send(ref, id, bob.tag, null, null, null, null, null, null, TestEdge.random(bytes), null);
    }

    private static String json(ClientFrame frame) {
        return new String(Frames.encode(Encoding.JSON, frame), StandardCharsets.UTF_8);
    }

    private static ServerFrame poll(BlockingQueue<ServerFrame> heard) throws InterruptedException {
        ServerFrame frame = heard.poll(10, TimeUnit.SECONDS);
        assertThat(frame).isNotNull();
        return java.util.Objects.requireNonNull(frame);
    }

    private record Listening(BlockingQueue<ServerFrame> heard) implements WebSocket.Listener {
        @Override
        public @org.jspecify.annotations.Nullable CompletionStage<?> onText(
                WebSocket socket, CharSequence text, boolean last) {
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            if (Frames.decodeServer(Encoding.JSON, bytes) instanceof Decoded.Good<ServerFrame> good) {
                heard.add(good.value());
            }
            socket.request(1);
            return null;
        }
    }
}
