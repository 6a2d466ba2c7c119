package lethe.device;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import lethe.client.http.Answer;
import lethe.core.identity.Opaque;
import lethe.device.prekeys.PrekeyClient;
import lethe.device.prekeys.PrekeySource;
import org.jspecify.annotations.Nullable;

/**
 * Tops up the phone's prekeys: when the broker says that few are left, at a connect if nobody has looked for a day, and
 * each day from then on, so that the source can replace the last resort when it is a week old. Safe for use by many
 * threads.
 */
final class PrekeySupply {
    private static final Duration LOOKS_EVERY = Duration.ofDays(1);
    private static final Duration TRIES_EVERY = Duration.ofSeconds(30);

    private final PrekeyClient client;
    private final DeviceRuntime runtime;
    private final BooleanSupplier isOn;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicBoolean daily = new AtomicBoolean();
    private final AtomicBoolean trying = new AtomicBoolean();
    private volatile @Nullable PrekeySource source;
    private volatile Instant looked = Instant.MIN;

    /**
     * A supply without a source.
     *
     * @param isOn whether the owner has opted in
     */
    PrekeySupply(PrekeyClient client, DeviceRuntime runtime, BooleanSupplier isOn) {
        this.client = client;
        this.runtime = runtime;
        this.isOn = isOn;
    }

    void from(PrekeySource prekeys) {
        source = prekeys;
    }

    /** The owner opted in: the broker may have nothing. */
    void lookSoon() {
        looked = Instant.MIN;
    }

    /** The application, behind somebody who sees when there is something to do. */
    DeviceListener before(DeviceListener application) {
        return new DeviceListener() {
            @Override
            public void on(DeviceEvent event) {
                see(event);
                application.on(event);
            }

            @Override
            public boolean canOpen(Opaque body) {
                return application.canOpen(body);
            }
        };
    }

    private void see(DeviceEvent event) {
        boolean due = event instanceof DeviceEvent.Connected
                && !looked.isAfter(runtime.clock().instant().minus(LOOKS_EVERY));
        if (due || event instanceof DeviceEvent.PrekeysLow) {
            now();
        }
    }

    /** Looks, unless it does already. */
    void now() {
        PrekeySource prekeys = source;
        if (prekeys != null && !busy.getAndSet(true)) {
            topUp(prekeys, runtime.clock().instant());
        }
    }

    private void topUp(PrekeySource prekeys, Instant now) {
        client.topUp(prekeys, runtime.executor())
                .whenCompleteAsync((answer, failure) -> toppedUp(answer, failure, now), runtime.executor());
    }

    private void toppedUp(@Nullable Answer<?> answer, @Nullable Throwable failure, Instant now) {
        busy.set(false);
        if (answer instanceof Answer.Good) {
            looked = now;
            if (!daily.getAndSet(true)) {
                runtime.alarm().in(LOOKS_EVERY, this::lookAgain);
            }
        } else if (isOn.getAsBoolean()) {
            if (failure != null) {
                report(failure);
            }
            if (!trying.getAndSet(true)) {
                runtime.alarm().in(TRIES_EVERY, this::tryAgain);
            }
        }
    }

    private static void report(Throwable failure) {
        Throwable thrown = failure.getCause() == null ? failure : failure.getCause();
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler()
                .uncaughtException(thread, new ApplicationFailed("the source of prekeys", thrown));
    }

    /** Without prekeys nobody can write to this phone while it is away. */
    private void tryAgain() {
        trying.set(false);
        if (isOn.getAsBoolean()) {
            now();
        }
    }

    /** A day later. */
    private void lookAgain() {
        daily.set(false);
        if (isOn.getAsBoolean()) {
            now();
        }
    }
}
