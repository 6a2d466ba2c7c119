package lethe.device.phone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.ServerFrame;
import lethe.core.protocol.Urgency;
import lethe.device.Directory;
import lethe.device.Given;
import lethe.device.Peer;
import lethe.device.ScriptedBroker;
import lethe.device.ScriptedSession;
import lethe.device.store.FileStore;
import lethe.device.store.Identity;
import lethe.seal.content.Attachment;
import lethe.seal.content.Content;
import lethe.seal.content.Label;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an owner does about letters that have come. */
class LetterCommandsTest {
    @TempDir
    private Path home;

    private final Directory directory = new Directory();
    private final ScriptedBroker broker = new ScriptedBroker(directory);
    private final Peer bob = new Peer(2, directory, Clock.systemUTC());
    private long delivered;

    @AfterEach
    void close() {
        broker.close();
    }

    private CommandRun alice() {
        return new CommandRun(
                List.of("--broker", broker.uri().toString(), "--home", home.toString(), "--json", "--yes", "alice"));
    }

    private void fromBob(ScriptedSession session, Content content) throws InterruptedException {
        Identity alice = FileStore.identityIn(home.resolve("phones/alice")).orElseThrow();
        await().atMost(Duration.ofSeconds(20)).until(() -> directory.has(alice.device()));
        Opaque envelope = bob.write(alice.tag(), alice.device(), content);
        delivered++;
        session.say(new ServerFrame.Deliver(
                delivered, Given.id((int) delivered), Duration.ofHours(1), Urgency.NORMAL, envelope));
        session.next(ClientFrame.Ack.class);
    }

    @Test
    void aSignIsToWhatWasSaidAndNotToItsEdit() throws InterruptedException {
        MessageId said = Given.id(77);
        try (CommandRun alice = alice()) {
            alice.next("\"opted_in\"");
            ScriptedSession session = broker.session();
            session.welcome(1, false);
            alice.types("/react +");
            alice.next("no message has come");
            fromBob(session, new Content.Edit(said, "what I meant"));
            alice.next("what I meant");
            fromBob(session, new Content.Reaction(Given.id(78), "!"));
            alice.next("\"reaction\"");

            alice.types("/react +");

            ClientFrame.Send send = session.next(ClientFrame.Send.class);
            assertThat(bob.read(send.body()).letter().content()).isEqualTo(new Content.Reaction(said, "+"));
        }
    }

    @Test
    void aFileIsKeptThoughSomethingCameAfterIt() throws InterruptedException {
        Path kept = home.resolve("kept.txt");
        Opaque bytes = Opaque.wrap("some bytes".getBytes(StandardCharsets.UTF_8));
        try (CommandRun alice = alice()) {
            alice.next("\"opted_in\"");
            ScriptedSession session = broker.session();
            session.welcome(1, false);
            fromBob(session, new Attachment(new Label("notes.txt", "text/plain"), bytes));
            alice.next("notes.txt");
            fromBob(session, new Content.Text("did you get it?"));
            alice.next("did you get it?");

            alice.types("/save " + kept);

            alice.next("saved");
            assertThat(kept).hasContent("some bytes");
            alice.types("/save " + kept);
            alice.next("one that is there is left alone");
        }
    }
}
