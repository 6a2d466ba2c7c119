package lethe.registrar.sms;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.bean.OptionalParameter;

/**
 * What a centre says of one SMS (SMPP 3.4, section 5.3.2.35 and appendix B). Parameters count more than the text, whose
 * form is each centre's own.
 *
 * @param key of the SMS, by the centre's {@link IdProfile}
 */
public record DeliveryReport(String key, State state) {
    /** How far it has come. */
    public enum State {
        DELIVERED,
        /** Expired, deleted, undeliverable or rejected. */
        FAILED,
        /** Under way, or the centre does not know either. */
        OPEN
    }

    private static final int MESSAGE_TYPE = 0b0011_1100;
    private static final int RECEIPT = 0b0000_0100;
    private static final Pattern ID = Pattern.compile("\\bid:\\s*([^\\s]{1,64})", Pattern.CASE_INSENSITIVE);
    private static final Pattern STATE = Pattern.compile("\\bstat:\\s*([a-z]{2,10})", Pattern.CASE_INSENSITIVE);

    /** Whether a centre means it for one. */
    static boolean isOne(DeliverSm sms) {
        return (sms.getEsmClass() & MESSAGE_TYPE) == RECEIPT
                || sms.getOptionalParameter(OptionalParameter.Receipted_message_id.class) != null;
    }

    /** Reads one; empty if it does not name an SMS and a state. */
    static Optional<DeliveryReport> read(DeliverSm sms, IdProfile profile) {
        String text = text(sms);
        Optional<String> key = key(sms, text, profile);
        Optional<State> state = state(sms, text);
        return key.isEmpty() || state.isEmpty()
                ? Optional.empty()
                : Optional.of(new DeliveryReport(key.get(), state.get()));
    }

    private static String text(DeliverSm sms) {
        byte[] bytes = sms.getShortMessage();
        if (bytes == null || bytes.length == 0) {
            OptionalParameter.Message_payload payload =
                    sms.getOptionalParameter(OptionalParameter.Message_payload.class);
            bytes = payload == null ? new byte[0] : payload.getValue();
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static Optional<String> key(DeliverSm sms, String text, IdProfile profile) {
        OptionalParameter.Receipted_message_id named =
                sms.getOptionalParameter(OptionalParameter.Receipted_message_id.class);
        String id = named == null ? "" : named.getValueAsString().strip();
        Matcher matcher = ID.matcher(text);
        String said = matcher.find() ? matcher.group(1) : "";
        if (!id.isEmpty()) {
            return Optional.of(profile.ofParameter(id, said));
        }
        return said.isEmpty() ? Optional.empty() : Optional.of(profile.ofText(said));
    }

    private static Optional<State> state(DeliverSm sms, String text) {
        OptionalParameter.Message_state named = sms.getOptionalParameter(OptionalParameter.Message_state.class);
        if (named != null) {
            // Section 5.2.28.
            return Optional.of(
                    switch (named.getValue()) {
                        case 2 -> State.DELIVERED;
                        case 3, 4, 5, 8 -> State.FAILED;
                        default -> State.OPEN;
                    });
        }
        Matcher matcher = STATE.matcher(text);
        return matcher.find() ? Optional.of(ofWord(matcher.group(1).toUpperCase(Locale.ROOT))) : Optional.empty();
    }

    private static State ofWord(String word) {
        return switch (word) {
            case "DELIVRD", "DELIVERED" -> State.DELIVERED;
            case "EXPIRED", "DELETED", "UNDELIV", "UNDELIVERABLE", "REJECTD", "REJECTED" -> State.FAILED;
            default -> State.OPEN;
        };
    }

    @Override
    public String toString() {
        return "DeliveryReport[" + state + "]";
    }
}
