package lethe.registrar.sms.centre;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javax.net.ServerSocketFactory;
import lethe.core.identity.Opaque;
import lethe.registrar.sms.IdProfile;
import lethe.registrar.sms.centre.Behaviour.Order;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.PDUException;
import org.jsmpp.PDUStringException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.GSMSpecificFeature;
import org.jsmpp.bean.InterfaceVersion;
import org.jsmpp.bean.MessageMode;
import org.jsmpp.bean.MessageType;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.RawDataCoding;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.SubmitSm;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jsmpp.session.BindRequest;
import org.jsmpp.session.SMPPServerSession;
import org.jsmpp.session.SMPPServerSessionListener;
import org.jsmpp.session.SubmitSmResult;
import org.jsmpp.util.MessageId;

/** The centre: SMPP 3.4 by jSMPP's server half, on the loopback. Safe for use by many threads. */
public final class DevelopmentCentre implements AutoCloseable {
    private static final int FIRST_ID = 0x1a2b3c;
    private static final int AT_ONCE = 64;
    private static final int REPORTERS = 4;
    private static final int PERCENT = 100;
    private static final int UDHI = 0x40;
    private static final long TO_BIND = 5_000;

    private final String password;
    private final Consumer<Received> receiver;
    private final LoopbackSockets sockets;
    private final SMPPServerSessionListener listener;
    private final List<SMPPServerSession> sessions = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService reporters;
    private final ConcurrentLinkedQueue<Report> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicLong ids = new AtomicLong(FIRST_ID);
    private final AtomicLong submitted = new AtomicLong();
    private volatile Behaviour behaviour;
    private volatile boolean ended;

    private record Report(long id, boolean delivered, String number) {
        @Override
        public String toString() {
            return "Report[***]";
        }
    }

    private DevelopmentCentre(
            int port, String password, Behaviour behaviour, ServerSocketFactory factory, Consumer<Received> receiver)
            throws IOException {
        this.password = password;
        this.behaviour = behaviour;
        this.receiver = receiver;
        this.sockets = new LoopbackSockets(factory);
        this.listener = new SMPPServerSessionListener(port, sockets);
        listener.setPduProcessorDegree(AT_ONCE);
        listener.setQueueCapacity(AT_ONCE * AT_ONCE);
        this.reporters = new ScheduledThreadPoolExecutor(REPORTERS, DevelopmentCentre::thread);
    }

    /**
     * Opens one.
     *
     * @param port 0: any
     * @param password that it wants, whoever binds
     * @param factory of its sockets: with TLS or without
     * @param receiver is told of each SMS before it is answered, by several threads at once
     */
    public static DevelopmentCentre open(
            int port, String password, Behaviour behaviour, ServerSocketFactory factory, Consumer<Received> receiver)
            throws IOException {
        DevelopmentCentre centre = new DevelopmentCentre(port, password, behaviour, factory, receiver);
        thread(centre::serve).start();
        centre.reportAgain();
        return centre;
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "centre");
        thread.setDaemon(true);
        return thread;
    }

    public int port() {
        return sockets.port();
    }

    /** Changes how it behaves from now on. */
    public void behave(Behaviour other) {
        behaviour = other;
    }

    /** How many are bound. */
    public long bound() {
        return sessions.stream()
                .filter(session -> session.getSessionState().isBound())
                .count();
    }

    /** Cuts all connections, as a network does. */
    public void cut() {
        sessions.forEach(SMPPServerSession::close);
        sessions.clear();
    }

    private void serve() {
        while (!ended) {
            try {
                SMPPServerSession session = listener.accept();
                thread(() -> bind(session)).start();
            } catch (IOException gone) {
                // The next one.
            }
        }
    }

    private void bind(SMPPServerSession session) {
        session.setMessageReceiverListener(new Submissions(this::submit));
        try {
            BindRequest bind = session.waitForBind(TO_BIND);
            if (bind.getPassword().equals(password)) {
                sessions.add(session);
                bind.accept("centre", InterfaceVersion.IF_34);
                if (ended) {
                    cut();
                }
            } else {
                bind.reject(SMPPConstant.STAT_ESME_RINVPASWD);
            }
        } catch (IOException | TimeoutException | PDUStringException | IllegalStateException gone) {
            session.close();
        }
    }

    private SubmitSmResult submit(SubmitSm sms) throws ProcessRequestException {
        Behaviour now = behaviour;
        long count = submitted.incrementAndGet();
        boolean throttled = now.throttleEvery() > 0 && count % now.throttleEvery() == 0;
        boolean refused = !throttled && isAmong(count, now.refusePercent());
        if (throttled || refused) {
            receiver.accept(received(sms, ""));
            throw throttled
                    ? new ProcessRequestException("later", SMPPConstant.STAT_ESME_RTHROTTLED)
                    : new ProcessRequestException("no", SMPPConstant.STAT_ESME_RINVDSTADR);
        }
        long id = ids.getAndIncrement();
        receiver.accept(received(sms, answered(id, now)));
        Report report = new Report(id, !isAmong(count, now.failPercent()), sms.getDestAddress());
        if (now.order() == Order.EARLY) {
            send(report, now);
        }
        LockSupport.parkNanos(now.answer().toNanos());
        if (now.order() == Order.IN_ORDER || now.order() == Order.REVERSED) {
            waiting.add(report);
        }
        try {
            return new SubmitSmResult(new MessageId(answered(id, now)), new OptionalParameter[0]);
        } catch (PDUStringException impossible) {
            throw new ProcessRequestException("no id", SMPPConstant.STAT_ESME_RSYSERR);
        }
    }

    /** The first so many of each hundred. */
    private static boolean isAmong(long count, int percent) {
        return (count - 1) % PERCENT < percent;
    }

    private static String answered(long id, Behaviour now) {
        return now.ids() == IdProfile.HEX_DECIMAL ? Long.toHexString(id) : Long.toString(id);
    }

    private static String reported(long id, Behaviour now) {
        return now.ids() == IdProfile.DECIMAL_HEX ? Long.toHexString(id).toUpperCase(Locale.ROOT) : Long.toString(id);
    }

    private void reportAgain() {
        Duration pause = behaviour.report();
        var unused = reporters.schedule(
                () -> {
                    report();
                    reportAgain();
                },
                Math.max(1, pause.toMillis()),
                TimeUnit.MILLISECONDS);
    }

    private void report() {
        List<Report> due = new ArrayList<>();
        for (Report next = waiting.poll(); next != null; next = waiting.poll()) {
            due.add(next);
        }
        Behaviour now = behaviour;
        if (now.order() == Order.REVERSED) {
            Collections.reverse(due);
        }
        due.forEach(report -> send(report, now));
    }

    private void send(Report report, Behaviour now) {
        String id = reported(report.id(), now);
        String state = report.delivered() ? "DELIVRD" : "UNDELIV";
        String text = "id:" + id + " sub:001 dlvrd:001 submit date:2611281200 done date:2611281200 stat:" + state
                + " err:000 text:";
        OptionalParameter[] parameters = now.parameters()
                ? new OptionalParameter[] {
                    new OptionalParameter.Receipted_message_id(answered(report.id(), now)),
                    new OptionalParameter.Message_state((byte) (report.delivered() ? 2 : 5))
                }
                : new OptionalParameter[0];
        for (int i = 0; i < (now.twice() ? 2 : 1); i++) {
            deliver(report.number(), MessageType.SMSC_DEL_RECEIPT, text, parameters);
        }
    }

    /** Delivers something as it is: reports that are none, replies. Returns the status that it was answered. */
    public int deliver(String from, MessageType type, String text, OptionalParameter... parameters) {
        Optional<SMPPServerSession> session = sessions.stream()
                .filter(each -> each.getSessionState().isReceivable())
                .reduce((older, newer) -> newer);
        if (session.isEmpty()) {
            return SMPPConstant.STAT_ESME_RINVBNDSTS;
        }
        try {
            session.get()
                    .deliverShortMessage(
                            "",
                            TypeOfNumber.INTERNATIONAL,
                            NumberingPlanIndicator.ISDN,
                            from,
                            TypeOfNumber.ALPHANUMERIC,
                            NumberingPlanIndicator.UNKNOWN,
                            "Lethe",
                            new ESMClass(MessageMode.DEFAULT, type, GSMSpecificFeature.DEFAULT),
                            (byte) 0,
                            (byte) 0,
                            new RegisteredDelivery(0),
                            new RawDataCoding((byte) 0),
                            text.getBytes(StandardCharsets.ISO_8859_1),
                            parameters);
            return 0;
        } catch (NegativeResponseException refused) {
            return refused.getCommandStatus();
        } catch (PDUException | ResponseTimeoutException | InvalidResponseException | IOException gone) {
            return SMPPConstant.STAT_ESME_RSYSERR;
        }
    }

    private static Received received(SubmitSm sms, String id) {
        OptionalParameter.Message_payload payload = sms.getOptionalParameter(OptionalParameter.Message_payload.class);
        OptionalParameter.Sar_msg_ref_num reference = sms.getOptionalParameter(OptionalParameter.Sar_msg_ref_num.class);
        OptionalParameter.Sar_segment_seqnum place =
                sms.getOptionalParameter(OptionalParameter.Sar_segment_seqnum.class);
        OptionalParameter.Sar_total_segments count =
                sms.getOptionalParameter(OptionalParameter.Sar_total_segments.class);
        byte[] message = sms.getShortMessage();
        String validity = sms.getValidityPeriod();
        return new Received(
                id,
                "+" + sms.getDestAddress(),
                Opaque.wrap(message == null ? new byte[0] : message),
                Opaque.wrap(payload == null ? new byte[0] : payload.getValue()),
                sms.getDataCoding(),
                (sms.getEsmClass() & UDHI) != 0,
                reference == null ? -1 : reference.getValue() & 0xffff,
                place == null ? -1 : place.getValue(),
                count == null ? -1 : count.getValue(),
                validity == null ? "" : validity,
                !id.isEmpty());
    }

    @Override
    public void close() throws IOException {
        ended = true;
        listener.close();
        reporters.shutdownNow();
        cut();
    }
}
