package lethe.loadtest.phone;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import lethe.core.identity.MessageId;
import lethe.device.sms.SmsCopy;
import lethe.device.sms.SmsPort;
import lethe.device.sms.SmsResult;
import lethe.loadtest.history.HistoryEvent;
import lethe.loadtest.history.HistoryRecorder;

/** A modem with perfect reception and no network: what it gets, it keeps. */
final class RecordingModem implements SmsPort {
    private final String phone;
    private final HistoryRecorder history;
    private final List<SmsCopy> sent = new CopyOnWriteArrayList<>();
    private volatile BiConsumer<MessageId, SmsCopy> also = (id, sms) -> {};

    RecordingModem(String phone, HistoryRecorder history) {
        this.phone = phone;
        this.history = history;
    }

    /** Tells another of every SMS, once it is kept. */
    void alsoTell(BiConsumer<MessageId, SmsCopy> listener) {
        also = listener;
    }

    @Override
    public CompletionStage<SmsResult> send(MessageId id, SmsCopy sms) {
        history.record(at -> new HistoryEvent.SentAsSms(at, phone, id.toText()));
        sent.add(sms);
        also.accept(id, sms);
        return CompletableFuture.completedFuture(SmsResult.SENT);
    }

    List<SmsCopy> sent() {
        return List.copyOf(sent);
    }
}
