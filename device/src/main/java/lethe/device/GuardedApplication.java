package lethe.device;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.device.sms.SmsCopy;
import lethe.device.sms.SmsPort;
import lethe.device.sms.SmsResult;

/**
 * The application and its modem behind a guard: what they throw ends nothing of the client's. It is reported once
 * everything that was decided is done and written.
 *
 * <p>Lives on its client's strand.
 */
final class GuardedApplication implements DeviceListener, SmsPort {
    private final DeviceListener listener;
    private final SmsPort modem;
    private final List<ApplicationFailed> failures = new ArrayList<>();

    GuardedApplication(DeviceListener listener, SmsPort modem) {
        this.listener = listener;
        this.modem = modem;
    }

    @Override
    public void on(DeviceEvent event) {
        try {
            listener.on(event);
        } catch (Throwable thrown) {
            failures.add(new ApplicationFailed(event.getClass().getSimpleName(), thrown));
        }
    }

    @Override
    public boolean canOpen(Opaque body) {
        try {
            return listener.canOpen(body);
        } catch (Throwable thrown) {
            failures.add(new ApplicationFailed("canOpen", thrown));
            return false;
        }
    }

    @Override
    public CompletionStage<SmsResult> send(MessageId id, SmsCopy sms) {
        try {
            return modem.send(id, sms).handle((result, failure) -> result == null ? SmsResult.UNKNOWN : result);
        } catch (Throwable thrown) {
            failures.add(new ApplicationFailed("the modem", thrown));
            return CompletableFuture.completedFuture(SmsResult.UNKNOWN);
        }
    }

    /** Gives what was thrown to the thread's handler for it. */
    void report() {
        List<ApplicationFailed> all = List.copyOf(failures);
        failures.clear();
        Thread thread = Thread.currentThread();
        for (ApplicationFailed failure : all) {
            try {
                thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
            } catch (Throwable ignored) {
                // as the platform does with what such a handler throws
            }
        }
    }
}
