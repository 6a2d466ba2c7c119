package lethe.registrar.sms;

import java.io.IOException;
import java.util.Optional;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.RevealsIdentifiers;
import lethe.registrar.text.Coding;
import org.jsmpp.InvalidResponseException;
import org.jsmpp.PDUException;
import org.jsmpp.bean.Alphabet;
import org.jsmpp.bean.DataCoding;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.GeneralDataCoding;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.SMSCDeliveryReceipt;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.jsmpp.extra.ResponseTimeoutException;
import org.jsmpp.session.SMPPSession;

/**
 * Sends over one binding to a centre as a transceiver (SMPP 3.4, sections 4.1 and 4.4), which {@link Binding} keeps.
 *
 * <p>jSMPP takes the number as a string: that one copy, and the bytes on the socket, stay in memory until the collector
 * has been there.
 */
public final class SmppSender implements SmsSender {
    private final SmppSettings settings;
    private final Binding binding;
    private final Source source;

    private SmppSender(SmppSettings settings, Binding binding) {
        this.settings = settings;
        this.binding = binding;
        this.source = Source.of(settings.source());
    }

    /** Begins to bind, and goes on trying until it is closed; returns at once. What is sent to it is dropped. */
    public static SmppSender start(SmppSettings settings) {
        return start(settings, TextReceiver.none());
    }

    /** The same, for one who is told of texts to the short code, if there is one. */
    public static SmppSender start(SmppSettings settings, TextReceiver receiver) {
        return new SmppSender(settings, Binding.keep(settings, new Inbound(settings.shortCode(), receiver)));
    }

    @Override
    @RevealsIdentifiers("an SMS goes to a number")
    public Sending send(PlainIdentifier number, ShortText text) {
        Optional<SMPPSession> bound = binding.session(settings.answer());
        return bound.isEmpty()
                ? Sending.AWAY
                : submit(bound.get(), number.reveal().substring(1), text);
    }

    private Sending submit(SMPPSession session, String digits, ShortText text) {
        try {
            session.submitShortMessage(
                    "",
                    source.type(),
                    source.plan(),
                    source.address(),
                    TypeOfNumber.INTERNATIONAL,
                    NumberingPlanIndicator.ISDN,
                    digits,
                    new ESMClass(),
                    (byte) 0,
                    (byte) 0,
                    null,
                    null,
                    new RegisteredDelivery(SMSCDeliveryReceipt.DEFAULT),
                    (byte) 0,
                    coding(text),
                    (byte) 0,
                    text.bytes().toBytes());
            return Sending.TAKEN;
        } catch (NegativeResponseException refused) {
            return SmppCentre.isForNow(refused.getCommandStatus()) ? Sending.AWAY : Sending.REFUSED;
        } catch (PDUException neverSent) {
            return Sending.REFUSED;
        } catch (ResponseTimeoutException | InvalidResponseException | IOException silent) {
            // After a cut, too: what was written may have arrived.
            return Sending.UNKNOWN;
        }
    }

    private static DataCoding coding(ShortText text) {
        return new GeneralDataCoding(text.coding() == Coding.DEFAULT ? Alphabet.ALPHA_DEFAULT : Alphabet.ALPHA_UCS2);
    }

    @Override
    public void close() {
        binding.close();
    }
}
