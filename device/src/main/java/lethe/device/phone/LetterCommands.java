package lethe.device.phone;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.device.Lethe;
import lethe.device.Sending;
import lethe.device.trust.Acquainted;
import lethe.seal.content.Content;
import lethe.seal.content.Mark;
import lethe.seal.safety.SafetyNumber;
import org.jspecify.annotations.Nullable;

/** What an owner types about letters, and about who others are. */
final class LetterCommands {
    private final Lethe lethe;
    private final Screen screen;
    private final AddressBook book;
    private final Lines lines;
    private final Application application;
    private final FileCommands files;
    private @Nullable Tag lastTo;
    private @Nullable MessageId last;

    LetterCommands(Lethe lethe, Screen screen, AddressBook book, Lines lines, Application application) {
        this.lethe = lethe;
        this.screen = screen;
        this.book = book;
        this.lines = lines;
        this.application = application;
        this.files = new FileCommands(lethe, screen, application);
    }

    /** A text went out. */
    void wrote(Tag to, Sending answer) {
        if (answer instanceof Sending.Accepted accepted) {
            lastTo = to;
            last = accepted.id();
        }
    }

    /**
     * Does it.
     *
     * @param to whom plain lines go; null if nobody was named
     * @param send writes a letter
     */
    void command(String command, List<String> words, @Nullable Tag to, BiConsumer<Tag, Content> send) {
        switch (command) {
            case "/edit" -> edit(String.join(" ", words), send);
            case "/react" -> react(words, send);
            case "/file" -> files.send(String.join(" ", words), to, send);
            case "/save" -> files.save(String.join(" ", words));
            case "/read" -> read(words);
            case "/safety" -> named(words, to).flatMap(this::safetyNumber).ifPresent(number -> show(number));
            case "/verify" -> named(words, null).ifPresent(this::verify);
            default -> named(words, null).ifPresent(this::accept);
        }
    }

    /** The last text is delivered, and shall be shown no more. */
    void takeBack(@Nullable Tag to, BiConsumer<Tag, Content> send) {
        MessageId id = last;
        Tag recipient = lastTo;
        if (id == null || recipient == null || !recipient.equals(to)) {
            screen.trouble("there is no last message to take back");
        } else {
            send.accept(recipient, new Content.Revoke(id));
        }
    }

    private void edit(String text, BiConsumer<Tag, Content> send) {
        MessageId id = last;
        Tag recipient = lastTo;
        if (id == null || recipient == null || text.isBlank()) {
            screen.trouble("/edit TEXT replaces the last message, once there is one");
        } else {
            send.accept(recipient, new Content.Edit(id, text));
        }
    }

    private void react(List<String> words, BiConsumer<Tag, Content> send) {
        Optional<Application.Said> said = application.lastSaid();
        if (said.isEmpty()) {
            screen.trouble("no message has come since this phone was started");
            return;
        }
        try {
            send.accept(said.get().from(), new Content.Reaction(said.get().id(), String.join(" ", words)));
        } catch (IllegalArgumentException tooLong) {
            screen.trouble(String.valueOf(tooLong.getMessage()));
        }
    }

    private void read(List<String> words) {
        if (words.equals(List.of("on"))) {
            application.onRead((from, letter) -> {
                var unused = lethe.mark(from, Mark.READ, List.of(letter));
            });
            screen.note("from now on others hear that you have seen what they wrote");
        } else if (words.equals(List.of("off"))) {
            application.onRead((from, letter) -> {});
            screen.note("nobody hears what you have seen");
        } else {
            screen.trouble("/read on, or /read off");
        }
    }

    private Optional<Tag> named(List<String> words, @Nullable Tag to) {
        synchronized (book) {
            Optional<Tag> found = words.size() == 1 ? book.find(words.get(0)) : Optional.ofNullable(to);
            if (found.isEmpty()) {
                screen.trouble("whom? a name in the contacts, or an address");
            }
            return found;
        }
    }

    private Optional<SafetyNumber> safetyNumber(Tag tag) {
        Optional<SafetyNumber> number = lethe.acquaintances().safetyNumber(tag);
        if (number.isEmpty()) {
            screen.trouble("write to them first: this phone does not know their account yet");
        }
        return number;
    }

    private void show(SafetyNumber number) {
        List<String> groups = number.groups();
        for (int from = 0; from < groups.size(); from += 4) {
            screen.note(String.join(" ", groups.subList(from, from + 4)));
        }
        screen.note("to scan: " + number.code().toText());
    }

    private void verify(Tag tag) {
        Optional<SafetyNumber> number = safetyNumber(tag);
        if (number.isEmpty()) {
            return;
        }
        show(number.get());
        screen.ask("Does the other one see the same? [y/N], or paste the code that you scanned");
        String answer = lines.next().orElse("").strip();
        boolean same = answer.toLowerCase(Locale.ROOT).matches("y|yes") || isCode(number.get(), answer);
        if (same && lethe.acquaintances().verify(tag, number.get())) {
            screen.note("verified: from now on nothing is sent to another account without your leave");
        } else {
            screen.trouble("not verified");
        }
    }

    private static boolean isCode(SafetyNumber number, String scanned) {
        try {
            return number.compare(Opaque.fromText(scanned)) == SafetyNumber.Match.SAME;
        } catch (IllegalArgumentException noCode) {
            return false;
        }
    }

    private void accept(Tag tag) {
        Optional<DeviceKey> other =
                lethe.acquaintances().find(tag).map(Acquainted::shown).map(shown -> shown.account());
        if (other.isPresent() && lethe.acquaintances().accept(tag, other.get())) {
            screen.note("the new account it is; /verify compares numbers with it");
        } else {
            screen.trouble("no other account was shown for them");
        }
    }
}
