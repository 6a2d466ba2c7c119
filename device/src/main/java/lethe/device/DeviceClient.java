package lethe.device;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import lethe.client.http.Answer;
import lethe.client.pin.PinKey;
import lethe.core.consent.Scope;
import lethe.core.fallback.Fallback;
import lethe.core.identity.DeviceId;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.Problem;
import lethe.device.http.BrokerHttp;
import lethe.device.http.RequestSigner;
import lethe.device.inbox.Inbox;
import lethe.device.letters.Correspondence;
import lethe.device.letters.Notice;
import lethe.device.letters.Unsealed;
import lethe.device.outbox.Message;
import lethe.device.outbox.Terms;
import lethe.device.prekeys.PrekeyClient;
import lethe.device.prekeys.PrekeySource;
import lethe.device.sim.Sim;
import lethe.device.sms.SmsCopy;
import lethe.device.sms.SmsPort;
import lethe.device.store.DeviceStore;
import org.jspecify.annotations.Nullable;

/**
 * A phone's Lethe: opts in and out, sends, receives, and keeps custody.
 *
 * <p>Opens nothing before its owner has opted in; only {@link #policy}, which its owner asks for, comes before that.
 * Safe for use by many threads.
 */
public final class DeviceClient implements AutoCloseable {
    private final DeviceRuntime runtime;
    private final DeviceStore store;
    private final GuardedApplication application;
    private final Strand strand;
    private final Custodian custodian;
    private final Durably durably;
    private final Connector connector;
    private final AccountDevices devices;
    private final Membership membership;
    private final Dispatch dispatch;
    private final SmsCheck check;
    private final UnwantedSenders senders;
    private final PrekeyClient prekeys;
    private final PrekeySupply supply;
    private volatile boolean closed;

    /** A client that does nothing yet, but for telling its listener what the last life left untold. */
    public DeviceClient(
            DeviceSettings settings, DeviceRuntime runtime, DeviceStore store, SmsPort modem, DeviceListener listener) {
        this(settings, runtime, store, modem, listener, null);
    }

    /**
     * The same for an application that writes letters: what it sends sealed is sealed by this correspondence, and all
     * that comes in is opened by it.
     */
    DeviceClient(
            DeviceSettings settings,
            DeviceRuntime runtime,
            DeviceStore store,
            SmsPort modem,
            DeviceListener listener,
            @Nullable Sealing sealing) {
        this.runtime = runtime;
        this.store = store;
        BrokerHttp http = new BrokerHttp(
                runtime.http(),
                settings.broker(),
                settings.encoding(),
                new RequestSigner(store.identity(), runtime.clock(), runtime.random()));
        this.prekeys = new PrekeyClient(http);
        this.supply = new PrekeySupply(prekeys, runtime, this::isConnectable);
        this.application = new GuardedApplication(supply.before(listener), modem);
        this.strand = new Strand(runtime.executor(), this::perform);
        this.custodian = new Custodian(
                store,
                settings.outbox(),
                settings.inbox(),
                settings.gatewayKey(),
                runtime.clock(),
                runtime.random(),
                application,
                application,
                sealing == null ? new Unsealed(application::canOpen) : sealing.with(prekeys, this::notice),
                strand);
        this.durably = new Durably(strand, custodian);
        this.connector = new Connector(settings, runtime, store, custodian, application, strand);
        this.devices = new AccountDevices(store, http, runtime.clock());
        this.membership =
                new Membership(settings, runtime, store, http, devices, application, connector, supply, durably);
        this.dispatch = new Dispatch(runtime, membership, connector, durably);
        this.check = new SmsCheck(settings.gatewayKey(), store);
        this.senders = new UnwantedSenders(http);
        if (sealing == null) {
            start();
        }
    }

    /** From now on the application hears; what writes letters calls it once it can read them. */
    void start() {
        strand.execute(membership::resume);
        strand.execute(connector::tick);
    }

    /** What makes a client's correspondence. */
    interface Sealing {
        Correspondence with(PrekeyClient broker, Consumer<Notice> notices);
    }

    private boolean isConnectable() {
        return !closed && isOptedIn();
    }

    void notice(Notice notice) {
        tell(new DeviceEvent.Noticed(notice));
    }

    private void perform() {
        try {
            custodian.perform(connector.session());
            if (custodian.hasFailed()) {
                connector.leave();
            }
        } finally {
            application.report();
        }
    }

    /** This phone's address: who has it can send to this phone. */
    public Tag address() {
        return store.identity().tag();
    }

    public DeviceId device() {
        return store.identity().device();
    }

    /** Whether the owner has opted in, and the broker has not said since that it no longer holds. */
    public boolean isOptedIn() {
        return store.consent().isPresent();
    }

    /**
     * The policy, for the owner to read. The owner asked for it: this opens a connection. With a pinned policy key,
     * refused if that did not sign it ({@code not-authentic}), or if a later one was seen ({@code outdated-policy}).
     */
    public CompletionStage<Answer<Bodies.PolicyInForce>> policy() {
        return membership.policy();
    }

    /**
     * The owner has read this policy and agrees. Afterwards {@link #connect} works.
     *
     * @param policy is refused as by {@link #policy}
     * @param scopes what the owner agrees to; without {@link Scope#IP} there is no service
     */
    public CompletionStage<Answer<Bodies.ConsentOnFile>> optIn(Bodies.PolicyInForce policy, Set<Scope> scopes) {
        return membership.optIn(policy, scopes, null);
    }

    /**
     * As the other, on a new phone: whoever has proven the number and gives its registration PIN does not wait for the
     * old phone. Derives its key on this thread ({@link PinKey#of}).
     *
     * @param pin is overwritten
     */
    public CompletionStage<Answer<Bodies.ConsentOnFile>> optIn(
            Bodies.PolicyInForce policy, Set<Scope> scopes, char[] pin) {
        Optional<PinKey> key = PinKey.of(pin, address());
        return key.isPresent()
                ? membership.optIn(policy, scopes, key.get())
                : CompletableFuture.completedFuture(new Answer.Refused<>(AccountDevices.noPin()));
    }

    /** The account's devices, and who else claims its address. */
    public AccountDevices devices() {
        return devices;
    }

    /** Senders whose messages are not wanted. */
    public UnwantedSenders senders() {
        return senders;
    }

    /** The phone's prekeys at the broker, and others'. */
    public PrekeyClient prekeys() {
        return prekeys;
    }

    /**
     * From now on the client leaves prekeys of this source at the broker whenever few are left, and asks it once a day
     * at a connect. It is called on the runtime's executor, and may block.
     */
    public void supplyPrekeysFrom(PrekeySource source) {
        supply.from(source);
    }

    /** The prekeys are to be looked at now: one is worn out. */
    void topUpPrekeys() {
        supply.now();
    }

    /**
     * The owner withdraws. Lethe is off, and every message that had not ended has: as abandoned. When the answer is
     * good, the broker has nothing of this subscriber any more. Else it is asked again until it has:
     * {@link DeviceEvent.ErasureOwed}, {@link DeviceEvent.Erased}.
     */
    public CompletionStage<Answer<Boolean>> optOut() {
        return membership.optOut();
    }

    /**
     * Tells the client which SIM is in the phone, at each start and whenever the system says that it has changed. With
     * another SIM, or the SIM in another phone, Lethe is off at once, and has to be opted in anew: the address may be
     * somebody else's by now. The broker is asked to erase what it has, until it has erased that, unless the account is
     * another phone's.
     *
     * @return whether it is the one that it was; true for the first one
     */
    public CompletionStage<Boolean> sim(Sim sim) {
        return membership.sim(sim);
    }

    /**
     * Connects, and from now on stays connected: after a break it comes back by itself, later and later.
     *
     * @return false if the owner has not opted in; then nothing is opened
     */
    public boolean connect() {
        if (!isOptedIn()) {
            return false;
        }
        strand.execute(connector::connect);
        return true;
    }

    /** Leaves the session, and does not come back before {@link #connect}. Custody goes on. */
    public CompletionStage<Boolean> disconnect() {
        return durably.answer(true, connector::leave);
    }

    /** The network came back: tries at once, if it is waiting to try. */
    public void networkIsBack() {
        strand.execute(connector::tryNow);
        strand.execute(membership::networkIsBack);
    }

    /**
     * Takes a message into custody, connected or not.
     *
     * @param sms the message as an SMS: with a text if the terms ask for {@link Fallback#DEVICE} or
     *     {@link Fallback#GATEWAY}, a notice if they ask for {@link Fallback#NOTICE}, else null
     * @return completed when it is on the phone's disk
     * @throws IllegalArgumentException if the terms ask for a notice and there is a text, or the other way round
     */
    public CompletionStage<Sending> send(Tag to, Opaque body, Terms terms, @Nullable SmsCopy sms) {
        return send(newId(), to, null, body, terms, sms);
    }

    /** As {@link #send(Tag, Opaque, Terms, SmsCopy)}, for an application that draws its own ids and knows devices. */
    public CompletionStage<Sending> send(
            MessageId id, Tag to, @Nullable DeviceId device, Opaque body, Terms terms, @Nullable SmsCopy sms) {
        Optional<Sending> refusal = check.refusal(terms, sms);
        if (refusal.isPresent()) {
            return CompletableFuture.completedFuture(refusal.get());
        }
        Instant now = runtime.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        return send(List.of(new Message(id, to, device, terms, body, sms, now)));
    }

    /** Why a message cannot become the SMS that its terms ask for; empty if it can, or they ask for none. */
    Optional<Sending> noSms(Terms terms, @Nullable SmsCopy sms) {
        return check.refusal(terms, sms);
    }

    /**
     * Takes messages into custody, all of them or none.
     *
     * @param messages at least one; the answer speaks of the first
     */
    CompletionStage<Sending> send(List<Message> messages) {
        return dispatch.send(messages);
    }

    /**
     * Sends a body to one device as it is, now or never: without a session it is dropped, and nobody hears how it ends.
     *
     * @param refused hears if a broker does not take it
     */
    void fling(Tag to, DeviceId device, Opaque body, Consumer<Problem> refused) {
        MessageId id = newId();
        strand.execute(() -> {
            Conversation session = connector.session();
            if (session != null) {
                session.send(id, to, device, body, refused);
            }
        });
    }

    /** Asks what came in before, in its turn. */
    <T> CompletionStage<T> ofInbox(Function<Inbox, T> question) {
        return durably.answer(() -> question.apply(custodian.inbox()));
    }

    /** Tells the application something, in its turn. */
    void tell(DeviceEvent event) {
        strand.execute(() -> application.on(event));
    }

    /** The owner has decided what letters waited for. */
    void sealNow() {
        strand.execute(custodian.outbox()::sealNow);
    }

    /** A fresh random id. */
    public MessageId newId() {
        return dispatch.newId();
    }

    /**
     * Wants a message back. Its end tells whether that came in time.
     *
     * @return whether there is such a message, not ended
     */
    public CompletionStage<Boolean> revoke(MessageId id) {
        return dispatch.revoke(id);
    }

    /** How many messages have neither ended nor are held by the broker: they are this phone's custody alone. */
    public CompletionStage<Integer> unresolved() {
        return dispatch.unresolved();
    }

    /**
     * Leaves the session and closes the store; what is in custody stays there for the next life. Not from the listener.
     */
    @Override
    public void close() {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        strand.execute(() -> {
            if (!closed) {
                closed = true;
                dispatch.close();
                membership.close();
                connector.leave();
                custodian.onceWritten(() -> {
                    try {
                        custodian.close();
                    } finally {
                        done.complete(true);
                    }
                });
            } else {
                done.complete(true);
            }
        });
        try {
            done.orTimeout(10, TimeUnit.SECONDS).join();
        } finally {
            store.close();
        }
    }
}
