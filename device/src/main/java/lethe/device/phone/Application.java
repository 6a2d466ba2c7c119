package lethe.device.phone;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import lethe.core.identity.MessageId;
import lethe.core.identity.Tag;
import lethe.device.DeviceEvent;
import lethe.device.LetheEvent;
import lethe.device.LetheListener;
import lethe.device.contacts.Blocked;
import lethe.seal.content.Attachment;
import lethe.seal.content.Content;
import lethe.seal.content.RemoteAttachment;

/** The application on top of a phone: shows what happens. */
final class Application implements LetheListener {
    private final Screen screen;
    private final AddressBook book;
    private final Blocked blocked;
    private final Renewal renewal;
    private volatile Optional<LetheEvent.Received> last = Optional.empty();
    private volatile Optional<LetheEvent.Received> lastFile = Optional.empty();
    private volatile Optional<Said> lastSaid = Optional.empty();
    private volatile BiConsumer<Tag, MessageId> read = (from, letter) -> {};

    Application(Screen screen, AddressBook book, Blocked blocked, Renewal renewal) {
        this.screen = screen;
        this.book = book;
        this.blocked = blocked;
        this.renewal = renewal;
    }

    /**
     * What somebody said.
     *
     * @param id of the letter that said it first
     */
    record Said(Tag from, MessageId id) {
        @Override
        public String toString() {
            return "Said[" + id + "]";
        }
    }

    /** Somebody who wants to know of each letter that was shown. */
    void onRead(BiConsumer<Tag, MessageId> reader) {
        read = reader;
    }

    @Override
    public void on(LetheEvent event) {
        if (event instanceof LetheEvent.Received received) {
            received(received);
        } else if (event instanceof LetheEvent.CameAsSms came) {
            cameAsSms(came.letter());
        } else if (event instanceof LetheEvent.WrittenElsewhere written) {
            screen.writtenElsewhere(written, nameOf(written.to()), Wording.of(written.content()));
        } else if (event instanceof LetheEvent.Marked marked) {
            marked.letters().forEach(letter -> screen.marked(letter, marked.mark(), nameOf(marked.by())));
        } else if (event instanceof LetheEvent.Typing typing) {
            screen.typing(nameOf(typing.by()), typing.begins());
        } else if (event instanceof LetheEvent.Present present) {
            screen.note(nameOf(present.by()) + (present.here() ? " is here" : " is away"));
        } else if (event instanceof LetheEvent.OfFile ofFile) {
            Wording.of(ofFile.event()).ifPresent(screen::note);
        } else if (event instanceof LetheEvent.Noticed noticed) {
            screen.trouble(Wording.of(noticed.notice(), this::nameOf));
        } else if (event instanceof LetheEvent.Told told) {
            told(told.event());
        }
    }

    private void told(DeviceEvent event) {
        if (event instanceof DeviceEvent.Held held) {
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

    /** The letter that came last, since the phone was started. */
    Optional<LetheEvent.Received> last() {
        return last;
    }

    /** What was said last, since then: a text, whatever it was edited to, or a file. */
    Optional<Said> lastSaid() {
        return lastSaid;
    }

    /** The file that came last, since then. */
    Optional<LetheEvent.Received> lastFile() {
        return lastFile;
    }

    /** What the broker took before its sender was blocked comes, and is not shown. */
    private void received(LetheEvent.Received received) {
        if (blocked.contains(received.from())) {
            return;
        }
        remember(received);
        String from = nameOf(received.from());
        if (received.first()) {
            screen.met(from);
        }
        screen.received(received, from, Wording.of(received.content()));
        if (isForReading(received.content())) {
            read.accept(received.from(), received.id());
        }
    }

    private void cameAsSms(LetheEvent.Received received) {
        if (!blocked.contains(received.from())) {
            remember(received);
            screen.cameAsSms(received, nameOf(received.from()));
            read.accept(received.from(), received.id());
        }
    }

    private void remember(LetheEvent.Received received) {
        last = Optional.of(received);
        if (received.content() instanceof Attachment || received.content() instanceof RemoteAttachment) {
            lastFile = Optional.of(received);
        }
        if (isForReading(received.content())) {
            MessageId id = received.content() instanceof Content.Edit edit ? edit.of() : received.id();
            lastSaid = Optional.of(new Said(received.from(), id));
        }
    }

    private static boolean isForReading(Content content) {
        return List.of(1, 2, 7, 8).contains(content.type());
    }

    private String nameOf(Tag tag) {
        synchronized (book) {
            return book.nameOf(tag);
        }
    }
}
