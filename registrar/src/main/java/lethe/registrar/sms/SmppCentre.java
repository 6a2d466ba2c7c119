package lethe.registrar.sms;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.RevealsIdentifiers;
import lethe.registrar.text.Coding;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.PDUException;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.Alphabet;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.GSMSpecificFeature;
import org.jsmpp.bean.GeneralDataCoding;
import org.jsmpp.bean.MessageMode;
import org.jsmpp.bean.MessageType;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.SMSCDeliveryReceipt;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jsmpp.session.SMPPSession;

/**
 * A centre over several sessions as a transceiver (SMPP 3.4), each of which {@link Binding} keeps. jSMPP waits for each
 * answer on the thread that sends: as many may be without one as threads come here, and no more than the window.
 *
 * <p>jSMPP takes the number as a string: that one copy, and the bytes on the socket, stay in memory until the collector
 * has been there.
 */
public final class SmppCentre implements SmsCentre {
    private final CentreSettings settings;
    private final Source source;
    private final List<Session> sessions;
    private final AtomicInteger turn = new AtomicInteger();

    private SmppCentre(CentreSettings settings, List<Session> sessions) {
        this.settings = settings;
        this.source = Source.of(settings.smpp().source());
        this.sessions = sessions;
    }

    /** Begins to bind, and goes on trying until it is closed; returns at once. */
    public static SmppCentre start(CentreSettings settings, ReportReceiver receiver) {
        ReportInbound inbound = new ReportInbound(settings.ids(), receiver);
        Connections connections =
                new Connections(settings.tls(), settings.smpp().answer());
        List<Session> sessions = IntStream.range(0, settings.binds())
                .mapToObj(any -> new Session(
                        Binding.keep(settings.smpp(), inbound, connections), new Semaphore(settings.window())))
                .toList();
        return new SmppCentre(settings, sessions);
    }

    /** Whether a refusal may be none later (section 5.1.3). */
    static boolean isForNow(int status) {
        return status == SMPPConstant.STAT_ESME_RTHROTTLED
                || status == SMPPConstant.STAT_ESME_RMSGQFUL
                || status == SMPPConstant.STAT_ESME_RSYSERR;
    }

    @Override
    public boolean isBound() {
        return sessions.stream().anyMatch(session -> session.binding.isBound());
    }

    @Override
    public int window() {
        return settings.binds() * settings.window();
    }

    @Override
    public Submission submit(PlainIdentifier number, SmsPart part, Duration validity) {
        boolean bound = false;
        int first = turn.getAndIncrement();
        for (int i = 0; i < sessions.size(); i++) {
            Session session = sessions.get(Math.floorMod(first + i, sessions.size()));
            Optional<SMPPSession> open = session.binding.session(Duration.ZERO);
            if (open.isPresent() && open.get().getSessionState().isTransmittable()) {
                bound = true;
                if (session.window.tryAcquire()) {
                    try {
                        return submit(open.get(), number, part, validity);
                    } finally {
                        session.window.release();
                    }
                }
            }
        }
        return bound ? new Submission.Full() : new Submission.Away();
    }

    @RevealsIdentifiers("an SMS goes to a number")
    private Submission submit(SMPPSession session, PlainIdentifier number, SmsPart part, Duration validity) {
        try {
            String id = session.submitShortMessage(
                            "",
                            source.type(),
                            source.plan(),
                            source.address(),
                            TypeOfNumber.INTERNATIONAL,
                            NumberingPlanIndicator.ISDN,
                            number.reveal().substring(1),
                            esmClass(part),
                            (byte) 0,
                            (byte) 0,
                            null,
                            relative(validity),
                            new RegisteredDelivery(SMSCDeliveryReceipt.SUCCESS_FAILURE),
                            (byte) 0,
                            new GeneralDataCoding(
                                    part.coding() == Coding.DEFAULT ? Alphabet.ALPHA_DEFAULT : Alphabet.ALPHA_UCS2),
                            (byte) 0,
                            part.message(),
                            part.parameters())
                    .getMessageId();
            // Without a name no report can be of it.
            return id == null || id.isBlank()
                    ? new Submission.Unclear()
                    : new Submission.Taken(settings.ids().ofAnswer(id));
        } catch (NegativeResponseException refused) {
            return isForNow(refused.getCommandStatus()) ? new Submission.Busy() : new Submission.Refused();
        } catch (PDUException neverSent) {
            return new Submission.Refused();
        } catch (ResponseTimeoutException | InvalidResponseException | IOException silent) {
            // After a cut, too: what was written may have arrived.
            return new Submission.Unclear();
        }
    }

    private static ESMClass esmClass(SmsPart part) {
        return new ESMClass(
                MessageMode.DEFAULT,
                MessageType.DEFAULT,
                part.hasHeader() ? GSMSpecificFeature.UDHI : GSMSpecificFeature.DEFAULT);
    }

    /** Section 7.1.1: years, months, days, hours, minutes, seconds; tenths and quarters are none; relative. */
    private static String relative(Duration validity) {
        Duration positive = validity.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : validity;
        return String.format(
                Locale.ROOT,
                "0000%02d%02d%02d%02d000R",
                positive.toDays(),
                positive.toHoursPart(),
                positive.toMinutesPart(),
                positive.toSecondsPart());
    }

    @Override
    public void close() {
        sessions.forEach(session -> session.binding.close());
    }

    private record Session(Binding binding, Semaphore window) {}
}
