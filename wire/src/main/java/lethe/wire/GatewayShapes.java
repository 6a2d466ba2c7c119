package lethe.wire;

import static lethe.wire.Formats.BYTES_16;
import static lethe.wire.Formats.BYTES_32;
import static lethe.wire.Formats.CAPSULE;
import static lethe.wire.Formats.LABEL;
import static lethe.wire.Formats.MESSAGE_ID;
import static lethe.wire.Formats.SMS_END;
import static lethe.wire.Formats.TEXT;
import static lethe.wire.Formats.TIME;
import static lethe.wire.Formats.listOf;

import java.util.Map;
import lethe.core.protocol.GatewayBodies.GatewayKeys;
import lethe.core.protocol.GatewayBodies.SendSms;
import lethe.core.protocol.GatewayBodies.SmsReport;
import lethe.core.protocol.GatewayBodies.SmsReports;
import lethe.core.protocol.GatewayBodies.SmsTaken;

/** The bodies of a gateway's resources as they are on the wire. Keys are never given anew. */
final class GatewayShapes {
    static final Shape<SmsReport> SMS_REPORT = smsReport();

    static final Map<Class<?>, Shape<?>> ALL = Map.of(
            GatewayKeys.class, gatewayKeys(),
            SendSms.class, sendSms(),
            SmsTaken.class, smsTaken(),
            SmsReport.class, SMS_REPORT,
            SmsReports.class, smsReports());

    private GatewayShapes() {}

    private static Shape<GatewayKeys> gatewayKeys() {
        var fields = Shape.fieldsOf(GatewayKeys.class);
        var sealing = fields.required(1, "sealing", BYTES_32, GatewayKeys::sealing);
        return fields.make(values -> new GatewayKeys(values.get(sealing)));
    }

    private static Shape<SendSms> sendSms() {
        var fields = Shape.fieldsOf(SendSms.class);
        var capsule = fields.required(1, "capsule", CAPSULE, SendSms::capsule);
        var expires = fields.required(2, "expires", TIME, SendSms::expires);
        var subscriber = fields.required(3, "subscriber", BYTES_16, SendSms::subscriber);
        var label = fields.optional(4, "label", LABEL, SendSms::label);
        return fields.make(values ->
                new SendSms(values.get(capsule), values.get(expires), values.get(subscriber), values.find(label)));
    }

    private static Shape<SmsTaken> smsTaken() {
        var fields = Shape.fieldsOf(SmsTaken.class);
        var until = fields.required(1, "until", TIME, SmsTaken::until);
        return fields.make(values -> new SmsTaken(values.get(until)));
    }

    private static Shape<SmsReport> smsReport() {
        var fields = Shape.fieldsOf(SmsReport.class);
        var id = fields.required(1, "id", MESSAGE_ID, SmsReport::id);
        var state = fields.required(2, "state", SMS_END, SmsReport::state);
        var at = fields.required(3, "at", TIME, SmsReport::at);
        var label = fields.optional(4, "label", LABEL, SmsReport::label);
        return fields.make(
                values -> new SmsReport(values.get(id), values.get(state), values.get(at), values.find(label)));
    }

    private static Shape<SmsReports> smsReports() {
        var fields = Shape.fieldsOf(SmsReports.class);
        var reports = fields.required(1, "reports", listOf(SMS_REPORT), SmsReports::reports);
        var next = fields.required(2, "next", TEXT, SmsReports::next);
        return fields.make(values -> new SmsReports(values.get(reports), values.get(next)));
    }
}
