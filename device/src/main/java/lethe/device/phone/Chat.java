package lethe.device.phone;

import java.util.List;
import java.util.Optional;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.Tag;
import lethe.device.DeviceClient;
import lethe.device.Lethe;
import lethe.device.Sending;
import lethe.device.contacts.Contact;
import lethe.device.sms.SmsCopy;
import lethe.seal.content.Content;
import org.jspecify.annotations.Nullable;

/** Does what the owner types: a line that begins with a slash is a command, any other is a message. */
final class Chat {
    private static final String HELP = """
            /to NAME|ADDRESS                     to whom plain lines go
            /me                                  this phone's address
            /contacts                            who is in the contacts
            /contacts add NAME ADDRESS [NUMBER]  adds a contact; the number never leaves this phone
            /deadline 30s|off                    how long IP may try: 1s to 24h
            /fallback device [TIME]              what then: an SMS from this phone, with the text
            /fallback notice|gateway [TIME]      one from the operator: that there is a message; or with the text
            /fallback none                       nothing
            /sms FROM TEXT                       plays an SMS that arrives from a number
            /revoke                              takes the last message back; if it is delivered, asks that it be hidden
            /edit TEXT                           says it differently: the last message to whom plain lines go
            /react SIGN                          a sign to the message that came last; without a sign takes it back
            /file FILE, /save FILE               sends a file; keeps the one that came last (a large one: /save DIRECTORY)
            /read on|off                         whether others hear that you have seen what they wrote
            /safety [NAME], /verify NAME         the number that you and NAME compare; you have compared it
            /accept NAME                         NAME has another account than the one that you verified, and that is right
            /block WHO, /unblock WHO, /blocks    nothing comes from a sender any more; it does again; who is blocked
            /report [REASON]                     the message that came last: spam, fraud, harassment or other
            /devices                             this account's devices
            /link CODE, /unlink DEVICE           adds one, that shows CODE by ./lethe phone NAME link; removes one
            /object, /yield                      when somebody else proved this number: keeps the address, or gives it
            /pin, /pin off                       sets the registration PIN, for your next phone; removes it
            /optin, /optin pin, /optout          switches Lethe on, with that PIN; off, and erases everything
            /line N                              which of the phone's numbers is meant, with --lines
            /quit""";

    private final DeviceClient client;
    private final Lethe lethe;
    private final Screen screen;
    private final AddressBook book;
    private final Lines lines;
    private final OptIn optIn;
    private final Renewal renewal;
    private final DeviceCommands devices;
    private final PinCommands pins;
    private final SenderCommands senders;
    private final LetterCommands letters;
    private final SmsCommands sms;
    private @Nullable Tag to;
    private Optional<Sending.Accepted> last = Optional.empty();

    Chat(
            Lethe lethe,
            Screen screen,
            AddressBook book,
            Lines lines,
            OptIn optIn,
            SenderCommands senders,
            LetterCommands letters,
            Renewal renewal) {
        this.lethe = lethe;
        this.client = lethe.client();
        this.screen = screen;
        this.book = book;
        this.lines = lines;
        this.optIn = optIn;
        this.devices = new DeviceCommands(client, screen);
        this.pins = new PinCommands(client.devices(), screen, lines);
        this.senders = senders;
        this.letters = letters;
        this.sms = new SmsCommands(lethe, screen, book);
        this.renewal = renewal;
    }

    /** Returns false if the owner wants to leave. */
    boolean line(String line) {
        if (renewal.takes(line)) {
            optIn.renew(line);
            return true;
        }
        if (line.isBlank()) {
            return true;
        }
        if (!line.startsWith("/")) {
            say(line);
            return true;
        }
        List<String> words = List.of(line.strip().split("\\s+"));
        if (words.get(0).equals("/sms")) {
            helpUnless(sms.arrives(line.strip().substring("/sms".length()).strip()));
            return true;
        }
        return !words.get(0).equals("/quit") && command(words.get(0), words.subList(1, words.size()));
    }

    private boolean command(String command, List<String> words) {
        switch (command) {
            case "/to" -> to(words);
            case "/me" -> screen.note(client.address().toText());
            case "/contacts" -> contacts(words);
            case "/deadline" -> helpUnless(sms.deadline(words));
            case "/fallback" -> helpUnless(sms.fallback(words));
            case "/revoke" -> revoke();
            case "/optin" -> optIn.perform(false, words.equals(List.of("pin")));
            case "/optout" -> optOut();
            case "/pin" -> pins.command(words);
            case "/devices", "/link", "/unlink", "/object", "/yield" -> devices.command(command, words);
            case "/block", "/unblock", "/blocks", "/report" -> senders.command(command, words);
            case "/edit", "/react", "/file", "/save", "/read", "/safety", "/verify", "/accept" ->
                letters.command(command, words, to, this::send);
            default -> screen.note(HELP);
        }
        return true;
    }

    private void helpUnless(boolean understood) {
        if (!understood) {
            screen.note(HELP);
        }
    }

    private void optOut() {
        optIn.withdraw();
        if (!client.isOptedIn()) {
            senders.forget();
        }
    }

    private void to(List<String> words) {
        if (words.size() != 1) {
            screen.note(HELP);
            return;
        }
        String word = words.get(0);
        synchronized (book) {
            Optional<Tag> found = book.find(word);
            if (found.isEmpty()) {
                screen.trouble("nobody here is called that, and it is no address");
                return;
            }
            to = found.get();
            if (!word.equals(to.toText())) {
                book.meet(word, to);
            }
            screen.note("to " + book.nameOf(to));
        }
    }

    private void contacts(List<String> words) {
        if (words.isEmpty()) {
            synchronized (book) {
                book.all()
                        .forEach(one -> screen.note(one.name() + "  "
                                + one.tag().toText() + (one.number() == null ? "" : "  with a number")));
            }
        } else if (words.get(0).equals("add") && (words.size() == 3 || words.size() == 4)) {
            add(words.get(1), words.get(2), words.size() == 4 ? words.get(3) : askNumber());
        } else {
            screen.note(HELP);
        }
    }

    private String askNumber() {
        screen.ask("Number for SMS, with country code; nothing for none (not shown):");
        return lines.hidden().orElse("").strip();
    }

    private void add(String name, String address, String number) {
        synchronized (book) {
            Optional<Tag> tag = book.find(address);
            if (tag.isEmpty()) {
                screen.trouble("that is no address, and nobody here is called that");
                return;
            }
            try {
                PlainIdentifier plain =
                        number.isEmpty() ? null : PlainIdentifier.of(PlainIdentifier.Kind.NUMBER, number);
                book.put(new Contact(name, tag.get(), plain));
                screen.note("added " + name);
            } catch (IllegalArgumentException e) {
                screen.trouble(String.valueOf(e.getMessage()));
            }
        }
    }

    private void revoke() {
        boolean found = last.isPresent()
                && client.revoke(last.get().id()).toCompletableFuture().join();
        if (!found) {
            letters.takeBack(to, this::send);
        }
    }

    private void say(String text) {
        Tag recipient = to;
        if (recipient == null) {
            screen.trouble("to whom? /to NAME");
            return;
        }
        Content content = new Content.Text(text);
        SmsCopy asSms = sms.sms(recipient, text).orElse(null);
        Sending answer = lethe.write(recipient, content, sms.terms(), asSms)
                .toCompletableFuture()
                .join();
        answered(answer, recipient);
        letters.wrote(recipient, answer);
    }

    /** A letter that speaks of another one, or a file: never an SMS. */
    private void send(Tag recipient, Content content) {
        answered(
                lethe.write(recipient, content, sms.withoutSms(), null)
                        .toCompletableFuture()
                        .join(),
                recipient);
    }

    private void answered(Sending answer, Tag recipient) {
        if (answer instanceof Sending.Accepted accepted) {
            last = Optional.of(accepted);
            synchronized (book) {
                screen.sent(accepted.id(), book.nameOf(recipient));
            }
        } else if (answer instanceof Sending.Off) {
            screen.trouble("Lethe is off: /optin");
        } else if (answer instanceof Sending.NoSms noSms) {
            sms.refused(noSms.why());
        } else if (answer instanceof Sending.NotTaken) {
            screen.trouble("this phone keeps as many unfinished messages as it may; wait for some to end");
        } else {
            screen.trouble("this phone's disk failed");
        }
    }
}
