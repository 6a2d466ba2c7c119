package lethe.device;

import java.util.Optional;
import java.util.function.Consumer;
import lethe.core.identity.Tag;
import lethe.device.letters.ReceivedLetter;
import lethe.seal.content.Content;
import lethe.seal.content.Letter;

/** Tells an application of letters what its client tells of messages. */
final class LetterReader implements DeviceListener {
    private final Tag own;
    private final Consumer<DeviceEvent> phone;
    private final LetheListener listener;

    /**
     * A reader.
     *
     * @param own this phone's address
     * @param phone hears of everything first
     */
    LetterReader(Tag own, Consumer<DeviceEvent> phone, LetheListener listener) {
        this.own = own;
        this.phone = phone;
        this.listener = listener;
    }

    @Override
    public void on(DeviceEvent event) {
        phone.accept(event);
        if (event instanceof DeviceEvent.Received received) {
            Optional<ReceivedLetter> letter = ReceivedLetter.decode(received.body());
            letter.ifPresent(read -> listener.on(told(received, read)));
        } else if (event instanceof DeviceEvent.Noticed noticed) {
            listener.on(new LetheEvent.Noticed(noticed.notice()));
        } else {
            listener.on(new LetheEvent.Told(event));
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
        return new LetheEvent.Received(
                letter.id(), read.from(), letter.sent(), content, read.proof(), read.first(), received.again());
    }
}
