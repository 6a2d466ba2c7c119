package lethe.device.phone;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import lethe.core.identity.MessageId;
import lethe.device.sms.SmsCopy;
import lethe.device.sms.SmsPort;
import lethe.device.sms.SmsResult;

/** A modem that shows the SMS which it would send. */
final class TerminalModem implements SmsPort {
    private final Screen screen;

    TerminalModem(Screen screen) {
        this.screen = screen;
    }

    @Override
    public CompletionStage<SmsResult> send(MessageId id, SmsCopy sms) {
        screen.sms(id, sms);
        return CompletableFuture.completedFuture(SmsResult.SENT);
    }
}
