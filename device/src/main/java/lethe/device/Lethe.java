package lethe.device;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import lethe.client.http.Answer;
import lethe.core.consent.Scope;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.CloseReason;
import lethe.device.files.FileSink;
import lethe.device.files.FileSource;
import lethe.device.files.Peer;
import lethe.device.keys.KeptPrekeys;
import lethe.device.keys.Refill;
import lethe.device.letters.Letters;
import lethe.device.letters.Notice;
import lethe.device.letters.ReceivedLetter;
import lethe.device.letters.Sealery;
import lethe.device.outbox.Handling;
import lethe.device.outbox.Message;
import lethe.device.outbox.Terms;
import lethe.device.sms.EarlySms;
import lethe.device.sms.ShortTag;
import lethe.device.sms.SmsArrival;
import lethe.device.sms.SmsCopy;
import lethe.device.sms.SmsPort;
import lethe.device.store.DeviceStore;
import lethe.device.store.Durability;
import lethe.device.store.FileStore;
import lethe.device.store.Opening;
import lethe.device.store.VaultKey;
import lethe.device.trust.TrustBook;
import lethe.seal.content.Content;
import lethe.seal.content.Label;
import lethe.seal.content.Letter;
import lethe.seal.content.Mark;
import lethe.seal.content.Presence;
import lethe.seal.content.RemoteAttachment;
import lethe.seal.content.Wanted;
import org.jspecify.annotations.Nullable;

/**
 * A phone whose letters nobody but the recipient's phones can read. Consent, custody and sessions are its
 * {@link #client}'s; what is said is sealed and opened here.
 *
 * <pre>{@code
 * var opened = Lethe.open(Path.of("phone"), URI.create("https://broker.example"), VaultKey.none(), event -> show(event));
 * if (opened instanceof Opening.Opened<Lethe> phone) {
 *     Lethe lethe = phone.value();
 *     if (lethe.policy().toCompletableFuture().join() instanceof Answer.Good<Bodies.PolicyInForce> policy) {
 *         lethe.optIn(policy.value(), Set.of(Scope.IP)).toCompletableFuture().join(); // its owner has read and agreed
 *     }
 *     lethe.connect();
 *     lethe.write(bob, "Hello");
 * }
 * }</pre>
 *
 * <p>Safe for use by many threads.
 */
public final class Lethe implements AutoCloseable {
    /** What a phone asks for of a file is worth nothing later. */
    private static final Duration QUESTION = Duration.ofMinutes(1);

    /** A broker refused a chunk and did not say until when. */
    private static final Duration SLOWER = Duration.ofSeconds(1);

    private static final String PREKEYS = "prekeys";
    private static final String MARKS = "marks";
    private static final String PINS = "pins";
    private static final String EARLY_SMS = "sms";

    private final DeviceClient client;
    private final DeviceRuntime runtime;
    private final TrustBook book;
    private final OwnAccount own;
    private final KeptPrekeys kept;
    private final EarlySms early;
    private final Acquaintances acquaintances;
    private final FileRelay files;

    /**
     * A phone that does nothing yet, but for telling its listener what the last life left untold.
     *
     * @param store is closed with this
     * @param modem sends an SMS of a letter that did not go over IP
     */
    public Lethe(
            DeviceSettings settings, DeviceRuntime runtime, DeviceStore store, SmsPort modem, LetheListener listener) {
        this.runtime = runtime;
        this.book = TrustBook.open(store.slot(PINS));
        this.own = new OwnAccount(store, book);
        this.kept = KeptPrekeys.open(store.slot(PREKEYS), store.ledger(MARKS));
        this.early = EarlySms.open(store.slot(EARLY_SMS));
        Sealery sealery = new Sealery(store.identity(), book, runtime.random());
        LetterReader reader =
                new LetterReader(store.identity().tag(), this::saw, this::wanted, this::cameAsSms, listener);
        this.client = new DeviceClient(
                settings,
                runtime,
                store,
                modem,
                reader,
                (prekeys, notices) -> new Letters(
                        store.identity().tag(), sealery, kept, book, prekeys, runtime.clock(), notices, this::chunk));
        this.files = new FileRelay(
                runtime, store.identity().tag(), courier(), event -> client.tell(new DeviceEvent.OfFile(event)));
        this.acquaintances = new Acquaintances(client, book);
        client.supplyPrekeysFrom(new Refill(kept, store.identity(), runtime.clock(), runtime.random()));
        client.start();
    }

    /**
     * Opens a phone's directory, or makes a new phone: with threads of its own and the system's clock, and without a
     * modem.
     *
     * @param key by which its files are encrypted
     * @throws lethe.device.store.LedgerDamaged if a ledger is damaged
     * @throws lethe.device.store.ContentDamaged if what it keeps of keys and accounts is damaged
     */
    public static Opening<Lethe> open(Path directory, URI broker, VaultKey key, LetheListener listener) {
        DeviceRuntime runtime = DeviceRuntime.ofThreads(2);
        Opening<FileStore> store = FileStore.open(directory, key, Durability.POWER, runtime.random());
        if (store instanceof Opening.Opened<FileStore> opened) {
            return new Opening.Opened<>(overOrClose(opened.value(), runtime, broker, listener));
        }
        return new Opening.Refused<>(((Opening.Refused<FileStore>) store).why());
    }

    private FileCourier courier() {
        return new FileCourier() {
            @Override
            public void letter(Peer to, Wanted wanted) {
                var unused = silently(to.tag(), wanted, Terms.livingFor(QUESTION));
            }

            @Override
            public void ephemeral(Peer to, Opaque body) {
                client.fling(to.tag(), to.device(), body, problem -> {
                    Duration wait = problem.retryAfter();
                    files.refused(wait == null ? SLOWER : wait);
                });
            }
        };
    }

    private void wanted(Peer from, Wanted wanted) {
        files.wanted(from, wanted);
    }

    private void chunk(Opaque body) {
        files.chunk(body);
    }

    private boolean cameAsSms(ReceivedLetter read) {
        return read.letter().content() instanceof Content.Text text
                && early.has(
                        ShortTag.of(read.name()),
                        read.from(),
                        text.body(),
                        runtime.clock().instant());
    }

    private void saw(DeviceEvent event) {
        if (event instanceof DeviceEvent.Connected) {
            files.connected();
            checkEntry();
        } else if (event instanceof DeviceEvent.Disconnected disconnected) {
            files.disconnected();
            if (disconnected.code() == CloseReason.ERASED.code()) {
                erase();
            }
        } else if (event instanceof DeviceEvent.SimChanged) {
            erase();
        } else if (event instanceof DeviceEvent.Noticed noticed
                && noticed.notice() instanceof Notice.Unopenable unopenable
                && unopenable.reason() == lethe.seal.Opening.Reason.PREKEY_WORN_OUT) {
            client.topUpPrekeys();
        }
    }

    private void erase() {
        kept.erase();
        early.clear();
    }

    /** Others seal to what a broker shows of this account: so it is looked at, each time that there is a session. */
    private void checkEntry() {
        var unused = client.devices().entry().thenAccept(answer -> {
            if (answer instanceof Answer.Good<Bodies.AccountDevices> good) {
                own.shown(good.value()).ifPresent(client::notice);
                client.sealNow();
            }
        });
    }

    private static Lethe overOrClose(FileStore store, DeviceRuntime runtime, URI broker, LetheListener listener) {
        try {
            return new Lethe(DeviceSettings.of(broker), runtime, store, SmsPort.none(), listener);
        } catch (RuntimeException unreadable) {
            store.close();
            throw unreadable;
        }
    }

    /** Everything that is not about letters: devices, blocks, SIM, custody. */
    public DeviceClient client() {
        return client;
    }

    /** Whom this phone knows, and how well. */
    public Acquaintances acquaintances() {
        return acquaintances;
    }

    /** This phone's address: who has it can write to this phone. */
    public Tag address() {
        return client.address();
    }

    /** {@link DeviceClient#policy}. */
    public CompletionStage<Answer<Bodies.PolicyInForce>> policy() {
        return client.policy();
    }

    /** {@link DeviceClient#optIn(Bodies.PolicyInForce, Set)}. */
    public CompletionStage<Answer<Bodies.ConsentOnFile>> optIn(Bodies.PolicyInForce policy, Set<Scope> scopes) {
        return client.optIn(policy, scopes);
    }

    /** {@link DeviceClient#optOut}; the secrets of this phone's prekeys, and what is known of SMS, go as well. */
    public CompletionStage<Answer<Boolean>> optOut() {
        return client.optOut().whenComplete((answer, failure) -> erase());
    }

    /** {@link DeviceClient#connect}. */
    public boolean connect() {
        return client.connect();
    }

    /** Writes a text. */
    public CompletionStage<Sending> write(Tag to, String text) {
        return write(to, new Content.Text(text), Terms.usual(), null);
    }

    /**
     * Takes a letter into custody, connected or not. It is sealed for each of the recipient's devices, and for the
     * other ones of this account, once there is a connection.
     *
     * @param content what is kept until it is delivered; {@link #mark}, {@link #typing} and {@link #presence} are apart
     * @param sms what an SMS in its place says, needed exactly if the terms ask for one: a text of the sender's for
     *     {@link Terms#smsAfter} and {@link Terms#gatewayAfter}, which carriers can read; {@link SmsCopy#notice} for
     *     {@link Terms#noticeAfter}, which says nothing of the letter and is what an application should offer first. It
     *     ends with a {@link ShortTag} of eight characters, which count
     * @return completed when it is on the phone's disk; its id is the letter's
     */
    public CompletionStage<Sending> write(Tag to, Content content, Terms terms, @Nullable SmsCopy sms) {
        MessageId id = client.newId();
        SmsCopy tagged = sms == null ? null : sms.standingFor(tagOf(id));
        Optional<Sending> refusal = client.noSms(terms, tagged);
        if (refusal.isPresent()) {
            return CompletableFuture.completedFuture(refusal.get());
        }
        Instant now = runtime.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        List<Message> messages = new ArrayList<>();
        messages.add(message(id, to, new Letter(id, now, content), terms, tagged, Handling.SEALED));
        if (own.hasOthers() && !to.equals(address())) {
            Letter copy = new Letter(id, now, new Content.Copy(to, content));
            messages.add(message(client.newId(), address(), copy, Terms.usual(), null, Handling.SEALED_SILENTLY));
        }
        return client.send(messages);
    }

    private ShortTag tagOf(MessageId letter) {
        return ShortTag.of(ReceivedLetter.name(address(), client.device(), letter));
    }

    /**
     * Asks of an SMS that has arrived, before it is shown, whether its owner has read it already as a letter. If not,
     * its letter is not told as new when it comes: {@link LetheEvent.CameAsSms}, if text and sender are the same. A
     * notice keeps no letter from being told. {@link SmsArrival#UNMARKED} while Lethe is off.
     *
     * <p>On Android: a receiver of {@code SMS_RECEIVED}, permission {@code RECEIVE_SMS}; the text of all parts that
     * {@code Telephony.Sms.Intents.getMessagesFromIntent} gives, joined. Only the application that the owner has chosen
     * for SMS can keep one from being shown; any other takes note, and shows the letter once.
     *
     * @param from the address that its owner knows the number by from which it came; null if that is nobody's, as that
     *     of a gateway
     */
    public CompletionStage<SmsArrival> smsArrived(@Nullable Tag from, String text) {
        Optional<ShortTag.Tagged> read = ShortTag.read(text);
        if (read.isEmpty() || !client.isOptedIn()) {
            return CompletableFuture.completedFuture(SmsArrival.UNMARKED);
        }
        ShortTag tag = read.get().tag();
        return client.ofInbox(inbox -> {
            Instant now = runtime.clock().instant();
            boolean isNew = !inbox.knows(name -> ShortTag.of(name).equals(tag))
                    && early.came(tag, from, read.get().text(), now);
            return isNew ? SmsArrival.FIRST : SmsArrival.DUPLICATE;
        });
    }

    /**
     * Tells somebody what became of letters of theirs. Nobody has to: a broker tells that a letter was delivered, and
     * nothing tells that it was read.
     *
     * @param letters 1 to {@link Content.Marks#MOST}
     */
    public CompletionStage<Sending> mark(Tag to, Mark mark, List<MessageId> letters) {
        return silently(to, new Content.Marks(mark, letters), Terms.usual());
    }

    /** Tells somebody that this phone's owner writes just now, or no longer: now or never. */
    public CompletionStage<Sending> typing(Tag to, boolean begins) {
        return silently(to, new Content.Typing(begins), Terms.livingFor(Duration.ZERO));
    }

    /** Tells somebody that this phone's owner has the application open, or no longer: now or never. */
    public CompletionStage<Sending> presence(Tag to, boolean here) {
        return silently(to, new Presence(here), Terms.livingFor(Duration.ZERO));
    }

    /**
     * Has a file of up to {@link RemoteAttachment#MOST_SIZE} bytes on offer for somebody, and writes them so. It goes
     * from phone to phone while both are connected, for a day at most and as long as this process lives;
     * {@link LetheEvent.OfFile} tells how it goes. Nobody stores it in between. What fits into a letter goes as an
     * {@link lethe.seal.content.Attachment}.
     */
    public CompletionStage<FileSending> sendFile(Tag to, Label label, FileSource source) {
        return files.offer(to, label, source).thenCompose(offering -> {
            if (offering instanceof Offering.Offered offered) {
                return write(to, offered.file(), Terms.usual(), null)
                        .thenApply(sending ->
                                new FileSending.Offered(offered.file().transfer(), sending));
            }
            return CompletableFuture.completedFuture(new FileSending.NotOffered(offering));
        });
    }

    /**
     * Begins to receive a file that a letter has told of, or goes on.
     *
     * @param letter has the file
     * @param sink where it goes
     * @return false if it is being received already, or too many are; then the sink is closed
     */
    public CompletionStage<Boolean> receiveFile(LetheEvent.Received letter, RemoteAttachment file, FileSink sink) {
        return files.receive(new Peer(letter.from(), letter.device()), file, sink);
    }

    /** Does not want a file any more that is received, or takes one back that is on offer. */
    public void cancelFile(Opaque transfer) {
        files.cancel(transfer);
        files.withdraw(transfer);
    }

    private CompletionStage<Sending> silently(Tag to, Content content, Terms terms) {
        MessageId id = client.newId();
        Instant now = runtime.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        return client.send(
                List.of(message(id, to, new Letter(id, now, content), terms, null, Handling.SEALED_SILENTLY)));
    }

    private static Message message(
            MessageId id, Tag to, Letter letter, Terms terms, @Nullable SmsCopy sms, Handling handling) {
        return new Message(id, to, null, terms, letter.encode(), sms, letter.sent(), handling);
    }

    /**
     * Leaves the session and closes the store; what is in custody stays there for the next life. Not from the listener.
     */
    @Override
    public void close() {
        files.close();
        client.close();
    }
}
