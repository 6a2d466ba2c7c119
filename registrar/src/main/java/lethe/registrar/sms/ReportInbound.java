package lethe.registrar.sms;

import java.util.Optional;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.AlertNotification;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.DeliverSm;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.MessageReceiverListener;
import org.jsmpp.session.Session;

/** Takes reports of a centre; a reply of a phone is refused, so that the centre does not try again. */
final class ReportInbound implements MessageReceiverListener {
    /** ESME_RX_P_APPN: for good. */
    private static final int REFUSED = 0x65;

    private final IdProfile ids;
    private final ReportReceiver receiver;

    ReportInbound(IdProfile ids, ReportReceiver receiver) {
        this.ids = ids;
        this.receiver = receiver;
    }

    @Override
    public void onAcceptDeliverSm(DeliverSm sms) throws ProcessRequestException {
        if (!DeliveryReport.isOne(sms)) {
            receiver.text();
            throw new ProcessRequestException("no replies", REFUSED);
        }
        Optional<DeliveryReport> report = DeliveryReport.read(sms, ids);
        if (report.isEmpty()) {
            receiver.garbled();
        } else if (!receiver.report(report.get())) {
            throw new ProcessRequestException("later", SMPPConstant.STAT_ESME_RSYSERR);
        }
    }

    @Override
    public void onAcceptAlertNotification(AlertNotification notification) {}

    @Override
    public DataSmResult onAcceptDataSm(DataSm data, Session source) throws ProcessRequestException {
        throw new ProcessRequestException("deliver_sm only", SMPPConstant.STAT_ESME_RINVCMDID);
    }
}
