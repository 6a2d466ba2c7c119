package lethe.device.phone;

import java.util.Optional;
import lethe.core.identity.Opaque;
import lethe.device.DeviceEvent;
import lethe.device.DeviceListener;
import lethe.device.TextMessage;
import lethe.device.contacts.Blocked;

/** The text application on top of the client: opens bodies and shows what happens. */
final class Application implements DeviceListener {
    private final Screen screen;
    private final AddressBook book;
    private final Blocked blocked;
    private final Renewal renewal;
    private volatile Optional<DeviceEvent.Received> last = Optional.empty();

    Application(Screen screen, AddressBook book, Blocked blocked, Renewal renewal) {
        this.screen = screen;
        this.book = book;
        this.blocked = blocked;
        this.renewal = renewal;
    }

    @Override
    public boolean canOpen(Opaque body) {
        boolean readable = TextMessage.read(body).isPresent();
        if (!readable) {
            screen.trouble("a message came that this phone cannot read; its sender is told so");
        }
        return readable;
    }

    @Override
    public void on(DeviceEvent event) {
        if (event instanceof DeviceEvent.Received received) {
            TextMessage.read(received.body()).ifPresent(message -> received(received, message));
        } else if (event instanceof DeviceEvent.Held held) {
            screen.held(held.id(), held.expires());
        } else if (event instanceof DeviceEvent.Ended ended) {
            screen.ended(ended.id(), ended.outcome(), ended.at());
        } else if (event instanceof DeviceEvent.Connected connected) {
            screen.connected(connected.resumed());
        } else if (event instanceof DeviceEvent.Drained) {
            screen.drained();
        } else if (event instanceof DeviceEvent.Disconnected disconnected) {
            screen.closed(disconnected);
            renewal.after(disconnected);
        } else if (event instanceof DeviceEvent.Contested contested) {
            screen.trouble("somebody proved this number on another phone and can have the address from "
                    + contested.ends() + " on: /object once if that is not you, /yield if it is");
        } else if (event instanceof DeviceEvent.SimChanged) {
            screen.trouble("another SIM: Lethe is off, /optin");
        } else if (event instanceof DeviceEvent.ErasureOwed) {
            screen.trouble("Lethe is off, but the broker does not answer and still has what it had of you."
                    + " This phone goes on asking it to erase that, and tells when it has.");
        } else if (event instanceof DeviceEvent.Erased) {
            screen.optedOut();
        } else if (event instanceof DeviceEvent.Refused refused) {
            screen.trouble(refused.problem().type().title());
        } else if (event instanceof DeviceEvent.StoreFailed failed) {
            screen.trouble("this phone's disk failed: " + failed.why());
        }
    }

    /** The message that came last, since the phone was started. */
    Optional<DeviceEvent.Received> last() {
        return last;
    }

    /** What the broker took before its sender was blocked comes, and is not shown. */
    private void received(DeviceEvent.Received received, TextMessage message) {
        if (blocked.contains(message.from())) {
            return;
        }
        last = Optional.of(received);
        String from;
        synchronized (book) {
            from = book.nameOf(message.from());
        }
        screen.received(received.id(), from, message, received.again());
    }
}
