package lethe.registrar.sms.centre;

import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.BroadcastSm;
import org.jsmpp.bean.CancelBroadcastSm;
import org.jsmpp.bean.CancelSm;
import org.jsmpp.bean.DataSm;
import org.jsmpp.bean.QueryBroadcastSm;
import org.jsmpp.bean.QuerySm;
import org.jsmpp.bean.ReplaceSm;
import org.jsmpp.bean.SubmitMulti;
import org.jsmpp.bean.SubmitSm;
import org.jsmpp.extra.ProcessRequestException;
import org.jsmpp.session.BroadcastSmResult;
import org.jsmpp.session.DataSmResult;
import org.jsmpp.session.QueryBroadcastSmResult;
import org.jsmpp.session.QuerySmResult;
import org.jsmpp.session.SMPPServerSession;
import org.jsmpp.session.ServerMessageReceiverListener;
import org.jsmpp.session.Session;
import org.jsmpp.session.SubmitMultiResult;
import org.jsmpp.session.SubmitSmResult;

/** Takes submit_sm (SMPP 3.4, section 4.4), and refuses all else. */
final class Submissions implements ServerMessageReceiverListener {
    private final Submitting submitting;

    /** What becomes of one. */
    interface Submitting {
        SubmitSmResult submit(SubmitSm sms) throws ProcessRequestException;
    }

    Submissions(Submitting submitting) {
        this.submitting = submitting;
    }

    @Override
    public SubmitSmResult onAcceptSubmitSm(SubmitSm sms, SMPPServerSession source) throws ProcessRequestException {
        return submitting.submit(sms);
    }

    private static ProcessRequestException no() {
        return new ProcessRequestException("submit_sm only", SMPPConstant.STAT_ESME_RINVCMDID);
    }

    @Override
    public SubmitMultiResult onAcceptSubmitMulti(SubmitMulti sms, SMPPServerSession source)
            throws ProcessRequestException {
        throw no();
    }

    @Override
    public QuerySmResult onAcceptQuerySm(QuerySm query, SMPPServerSession source) throws ProcessRequestException {
        throw no();
    }

    @Override
    public void onAcceptReplaceSm(ReplaceSm sms, SMPPServerSession source) throws ProcessRequestException {
        throw no();
    }

    @Override
    public void onAcceptCancelSm(CancelSm cancel, SMPPServerSession source) throws ProcessRequestException {
        throw no();
    }

    @Override
    public BroadcastSmResult onAcceptBroadcastSm(BroadcastSm sms, SMPPServerSession source)
            throws ProcessRequestException {
        throw no();
    }

    @Override
    public void onAcceptCancelBroadcastSm(CancelBroadcastSm cancel, SMPPServerSession source)
            throws ProcessRequestException {
        throw no();
    }

    @Override
    public QueryBroadcastSmResult onAcceptQueryBroadcastSm(QueryBroadcastSm query, SMPPServerSession source)
            throws ProcessRequestException {
        throw no();
    }

    @Override
    public DataSmResult onAcceptDataSm(DataSm sms, Session source) throws ProcessRequestException {
        throw no();
    }
}
