package lethe.registrar.sms;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.PlainIdentifier.Kind;
import lethe.registrar.sms.TextReceiver.Receipt;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.AlertNotification;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.OptionalParameter;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * What a centre delivers (SMPP 3.4, section 4.6). Only whole texts of phones count, to this short code, and from
 * numbers that the centre calls international: a national one may be somebody else's elsewhere.
 *
 * <p>It is always listening: jSMPP logs texts that nobody listens to.
 */
final class Inbound implements MessageReceiverListener {
    /** Message types and the header of parts (section 5.2.12): all that makes it something else than one whole text. */
    private static final int NO_PLAIN_TEXT = 0b0111_1100;

    private final @Nullable String shortCode;
    private final TextReceiver receiver;

    /**
     * For one short code.
     *
     * @param shortCode null: none, and everything is dropped
     */
    Inbound(@Nullable String shortCode, TextReceiver receiver) {
        this.shortCode = shortCode;
        this.receiver = receiver;
    }

    @Override
    public void onAcceptDeliverSm(DeliverSm sms) throws ProcessRequestException {
        boolean toUs = shortCode != null && shortCode.equals(sms.getDestAddress());
        boolean plain = (sms.getEsmClass() & NO_PLAIN_TEXT) == 0;
        Optional<String> text = toUs && plain ? text(sms) : Optional.empty();
        Optional<PlainIdentifier> sender = text.isPresent() ? sender(sms) : Optional.empty();
        if (sender.isEmpty()) {
            receiver.drop();
        } else if (receiver.receive(sender.get(), text.orElseThrow()) == Receipt.LATER) {
            throw new ProcessRequestException("later", SMPPConstant.STAT_ESME_RTHROTTLED);
        }
    }

    private static Optional<PlainIdentifier> sender(DeliverSm sms) {
        String address = sms.getSourceAddr();
        boolean international = sms.getSourceAddrTon() == TypeOfNumber.INTERNATIONAL.value();
        String number = international && !address.startsWith("+") ? "+" + address : address;
        try {
            return Optional.of(PlainIdentifier.of(Kind.NUMBER, number));
        } catch (IllegalArgumentException noNumber) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(DeliverSm sms) {
        byte[] bytes = sms.getShortMessage();
        if (bytes == null || bytes.length == 0) {
            OptionalParameter.Message_payload payload =
                    sms.getOptionalParameter(OptionalParameter.Message_payload.class);
            bytes = payload == null ? new byte[0] : payload.getValue();
        }
        // Section 5.2.19; of the default alphabet, what it has in common with ASCII.
        return switch (sms.getDataCoding()) {
            case 0, 1, 3 -> Optional.of(new String(bytes, StandardCharsets.ISO_8859_1));
            case 8 -> Optional.of(new String(bytes, StandardCharsets.UTF_16BE));
            default -> Optional.empty();
        };
    }

    @Override
    public void onAcceptAlertNotification(AlertNotification notification) {}

    @Override
    public DataSmResult onAcceptDataSm(DataSm data, Session source) throws ProcessRequestException {
        throw new ProcessRequestException("deliver_sm only", SMPPConstant.STAT_ESME_RINVCMDID);
    }
}
