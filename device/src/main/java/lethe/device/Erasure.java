package lethe.device;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import lethe.client.http.Answer;
import lethe.core.identity.Tag;
import lethe.device.http.BrokerHttp;
import lethe.device.http.RequestSigner;
import lethe.device.socket.Backoff;
import lethe.device.store.DeviceStore;

/**
 * What a broker still has to erase, because it did not answer when Lethe was switched off: asks again, later and later,
 * in this life and the next ones, until it has. Lives on its client's strand.
 */
final class Erasure {
    private final DeviceSettings settings;
    private final DeviceRuntime runtime;
    private final DeviceStore store;
    private final DeviceListener listener;
    private final Executor strand;
    private final Backoff backoff;
    private final List<CompletableFuture<Answer<Boolean>>> waiting = new ArrayList<>();

    private boolean asking;
    private boolean told;
    private boolean closed;
    /** Counts attempts, so that of several waits only the last one ends in another. */
    private long turn;

    Erasure(
            DeviceSettings settings,
            DeviceRuntime runtime,
            DeviceStore store,
            DeviceListener listener,
            Executor strand) {
        this.settings = settings;
        this.runtime = runtime;
        this.store = store;
        this.listener = listener;
        this.strand = strand;
        this.backoff = new Backoff(settings.backoffFirst(), settings.backoffLast(), runtime.random());
    }

    /** What the last life left owed. It may have ended before Lethe was off. */
    void resume() {
        if (store.owed().isPresent()) {
            store.withdrawn();
            tell();
            ask();
        }
    }

    /** Everything at this phone's address is to be erased from now on. */
    void owe() {
        store.owes(store.identity().tag());
        told = false;
        askNow();
    }

    /** The network is back, or there is reason to think so. */
    void askNow() {
        backoff.reset();
        ask();
    }

    /** Has it erased now, if anything is owed: whoever opts in does not mean what was before. */
    CompletionStage<Answer<Boolean>> settle() {
        CompletableFuture<Answer<Boolean>> settled = new CompletableFuture<>();
        strand.execute(() -> {
            if (store.owed().isEmpty() || closed) {
                settled.complete(new Answer.Good<>(true));
            } else {
                waiting.add(settled);
                askNow();
            }
        });
        return settled;
    }

    /** The broker has erased what it had at this phone's address, asked by somebody else. */
    void done() {
        if (store.owed().filter(store.identity().tag()::equals).isPresent()) {
            store.erased();
        }
    }

    void close() {
        closed = true;
    }

    private void ask() {
        Tag address = store.owed().orElse(null);
        if (address == null || asking || closed) {
            return;
        }
        asking = true;
        turn++;
        RequestSigner signer = new RequestSigner(store.identity().at(address), runtime.clock(), runtime.random());
        var unused = new BrokerHttp(runtime.http(), settings.broker(), settings.encoding(), signer)
                .optOut()
                .thenAccept(answer -> strand.execute(() -> heard(answer)));
    }

    private void heard(Answer<Boolean> answer) {
        asking = false;
        if (closed) {
            return;
        }
        if (answer instanceof Answer.Good) {
            store.erased();
            listener.on(new DeviceEvent.Erased());
        } else {
            tell();
            later(backoff.next());
        }
        waiting.forEach(one -> one.complete(answer));
        waiting.clear();
    }

    private void later(Duration wait) {
        long mine = turn;
        runtime.alarm()
                .in(
                        wait,
                        () -> strand.execute(() -> {
                            if (mine == turn) {
                                ask();
                            }
                        }));
    }

    /** Once: that it goes on says nothing new. */
    private void tell() {
        if (!told) {
            told = true;
            listener.on(new DeviceEvent.ErasureOwed());
        }
    }
}
