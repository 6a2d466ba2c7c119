package lethe.device;

import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import lethe.core.identity.Tag;
import lethe.device.files.Peer;
import lethe.device.letters.ReceivedLetter;
import lethe.seal.content.Content;
import lethe.seal.content.Letter;
import lethe.seal.content.Presence;
import lethe.seal.content.Wanted;

/** Tells an application of letters what its client tells of messages. */
final class LetterReader implements DeviceListener {
    private final Tag own;
    private final Consumer<DeviceEvent> phone;
    private final BiConsumer<Peer, Wanted> wants;
    private final Predicate<ReceivedLetter> cameAsSms;
    private final LetheListener listener;

    /**
     * A reader.
     *
     * @param own this phone's address
     * @param phone hears of everything first
     * @param wants hears what is asked for of files on offer
     * @param cameAsSms whether an SMS said the same before
     */
    LetterReader(
            Tag own,
            Consumer<DeviceEvent> phone,
            BiConsumer<Peer, Wanted> wants,
            Predicate<ReceivedLetter> cameAsSms,
            LetheListener listener) {
        this.own = own;
        this.phone = phone;
        this.wants = wants;
        this.cameAsSms = cameAsSms;
        this.listener = listener;
    }

    @Override
    public void on(DeviceEvent event) {
        phone.accept(event);
        if (event instanceof DeviceEvent.Received received) {
            Optional<ReceivedLetter> letter = ReceivedLetter.decode(received.body());
            letter.ifPresent(read -> tell(received, read));
        } else if (event instanceof DeviceEvent.OfFile ofFile) {
            listener.on(new LetheEvent.OfFile(ofFile.event()));
        } else if (event instanceof DeviceEvent.Noticed noticed) {
            listener.on(new LetheEvent.Noticed(noticed.notice()));
        } else {
            listener.on(new LetheEvent.Told(event));
        }
    }

    private void tell(DeviceEvent.Received received, ReceivedLetter read) {
        if (read.letter().content() instanceof Wanted wanted) {
            wants.accept(new Peer(read.from(), read.device()), wanted);
        } else {
            listener.on(told(received, read));
        }
    }

    private LetheEvent told(DeviceEvent.Received received, ReceivedLetter read) {
        Letter letter = read.letter();
        Content content = letter.content();
        if (content instanceof Content.Copy copy && read.from().equals(own)) {
            return new LetheEvent.WrittenElsewhere(copy.to(), letter.id(), letter.sent(), copy.content());
        }
        if (content instanceof Content.Marks marks) {
            return new LetheEvent.Marked(read.from(), marks.mark(), marks.of());
        }
        if (content instanceof Content.Typing typing) {
            return new LetheEvent.Typing(read.from(), typing.begins());
        }
        if (content instanceof Presence presence) {
            return new LetheEvent.Present(read.from(), presence.here());
        }
        LetheEvent.Received told = new LetheEvent.Received(
                letter.id(),
                read.from(),
                read.device(),
                letter.sent(),
                content,
                read.proof(),
                read.first(),
                received.again());
        return cameAsSms.test(read) ? new LetheEvent.CameAsSms(told) : told;
    }
}
