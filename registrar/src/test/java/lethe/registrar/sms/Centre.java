package lethe.registrar.sms;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsmpp.PDUStringException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.BroadcastSm;
import org.jsmpp.bean.CancelBroadcastSm;
import org.jsmpp.bean.CancelSm;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.EnquireLink;
import org.jsmpp.bean.InterfaceVersion;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.QueryBroadcastSm;
import org.jsmpp.bean.QuerySm;
import org.jsmpp.bean.RawDataCoding;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.ReplaceSm;
import org.jsmpp.bean.SubmitMulti;
import org.jsmpp.bean.SubmitSm;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.BindRequest;
import org.jsmpp.session.BroadcastSmResult;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.QueryBroadcastSmResult;
import org.jsmpp.session.QuerySmResult;
import org.jsmpp.session.SMPPServerSession;
import org.jsmpp.session.SMPPServerSessionListener;
import org.jsmpp.session.ServerMessageReceiverListener;
import org.jsmpp.session.Session;
import org.jsmpp.session.SubmitMultiResult;
import org.jsmpp.session.SubmitSmResult;
import org.jsmpp.util.MessageId;
import org.jspecify.annotations.Nullable;

/** A carrier's centre on a real socket: SMPP 3.4, by jSMPP's server half. */
public final class Centre implements AutoCloseable, ServerMessageReceiverListener {
    public static final String PASSWORD = "sesame";

    /** What came, oldest first. */
    public final BlockingQueue<SubmitSm> taken = new LinkedBlockingQueue<>();

    final AtomicInteger enquiries = new AtomicInteger();
    final AtomicInteger binds = new AtomicInteger();

    /** What it answers to the next ones; 0: it takes them. */
    volatile int status;

    /** How long it thinks about each. */
    volatile long pauseMillis;

    private final SMPPServerSessionListener listener;
    private final List<SMPPServerSession> sessions = new ArrayList<>();
    private final int port;
    private volatile boolean ended;

    public Centre() throws IOException {
        this(freePort());
    }

    Centre(int port) throws IOException {
        this.port = port;
        this.listener = new SMPPServerSessionListener(port);
        Thread thread = new Thread(this::serve, "centre");
        thread.setDaemon(true);
        thread.start();
    }

    static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0)) {
            return any.getLocalPort();
        }
    }

    public int port() {
        return port;
    }

    /** What stands in the private file of whoever sends through it. */
    public String file() {
        return "host=127.0.0.1\nport=" + port + "\nsystem=lethe\npassword=" + PASSWORD + "\nsource=Lethe\n";
    }

    private void serve() {
        while (!ended) {
            try {
                SMPPServerSession session = listener.accept();
                session.setMessageReceiverListener(this);
                synchronized (sessions) {
                    sessions.add(session);
                }
                BindRequest bind = session.waitForBind(5000);
                if (bind.getPassword().equals(PASSWORD)) {
                    binds.incrementAndGet();
                    bind.accept("centre", InterfaceVersion.IF_34);
                } else {
                    bind.reject(SMPPConstant.STAT_ESME_RINVPASWD);
                }
            } catch (IOException | TimeoutException | PDUStringException | IllegalStateException gone) {
                // The next one.
            }
        }
    }

    SubmitSm next() throws InterruptedException {
        SubmitSm sms = taken.poll(10, TimeUnit.SECONDS);
        if (sms == null) {
            throw new AssertionError("no SMS came");
        }
        return sms;
    }

    /** Waits until somebody is bound. */
    public void awaitBound() {
        await().atMost(Duration.ofSeconds(10)).until(() -> bound().isPresent());
    }

    private Optional<SMPPServerSession> bound() {
        synchronized (sessions) {
            return sessions.stream()
                    .filter(session -> session.getSessionState().isReceivable())
                    .reduce((older, newer) -> newer);
        }
    }

    /**
     * Delivers a text of a phone.
     *
     * @return what it was answered (SMPP 3.4, section 5.1.3); 0: taken
     */
    public int deliver(String from, TypeOfNumber type, String to, int esmClass, int coding, byte[] text)
            throws Exception {
        try {
            bound().orElseThrow()
                    .deliverShortMessage(
                            "",
                            type,
                            NumberingPlanIndicator.ISDN,
                            from,
                            TypeOfNumber.NETWORK_SPECIFIC,
                            NumberingPlanIndicator.ISDN,
                            to,
                            new ESMClass(esmClass),
                            (byte) 0,
                            (byte) 0,
                            new RegisteredDelivery(0),
                            new RawDataCoding((byte) coding),
                            text);
            return 0;
        } catch (NegativeResponseException refused) {
            return refused.getCommandStatus();
        }
    }

    /** Cuts all connections, as a network does. */
    public void cut() {
        synchronized (sessions) {
            sessions.forEach(SMPPServerSession::close);
            sessions.clear();
        }
    }

    @Override
    public void close() throws IOException {
        ended = true;
        listener.close();
        cut();
    }

    @Override
    public SubmitSmResult onAcceptSubmitSm(SubmitSm sms, SMPPServerSession source) throws ProcessRequestException {
        if (status != 0) {
            throw new ProcessRequestException("refused", status);
        }
        taken.add(sms);
        try {
            Thread.sleep(pauseMillis);
            return new SubmitSmResult(new MessageId("1"), new OptionalParameter[0]);
        } catch (InterruptedException | PDUStringException impossible) {
            throw new ProcessRequestException("no id", SMPPConstant.STAT_ESME_RSYSERR);
        }
    }

    @Override
    public void onAcceptEnquireLink(EnquireLink enquiry, Session source) {
        enquiries.incrementAndGet();
    }

    @Override
    public @Nullable SubmitMultiResult onAcceptSubmitMulti(SubmitMulti sms, SMPPServerSession source) {
        return null;
    }

    @Override
    public @Nullable QuerySmResult onAcceptQuerySm(QuerySm query, SMPPServerSession source) {
        return null;
    }

    @Override
    public void onAcceptReplaceSm(ReplaceSm sms, SMPPServerSession source) {}

    @Override
    public void onAcceptCancelSm(CancelSm cancel, SMPPServerSession source) {}

    @Override
    public @Nullable BroadcastSmResult onAcceptBroadcastSm(BroadcastSm sms, SMPPServerSession source) {
        return null;
    }

    @Override
    public void onAcceptCancelBroadcastSm(CancelBroadcastSm cancel, SMPPServerSession source) {}

    @Override
    public @Nullable QueryBroadcastSmResult onAcceptQueryBroadcastSm(QueryBroadcastSm query, SMPPServerSession source) {
        return null;
    }

    @Override
    public @Nullable DataSmResult onAcceptDataSm(DataSm sms, Session source) {
        return null;
    }
}
