package lethe.device.phone;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import lethe.core.consent.Scope;
import lethe.core.identity.Tag;
import lethe.device.FileEvent;
import lethe.device.letters.Notice;
import lethe.seal.content.Attachment;
import lethe.seal.content.Content;
import lethe.seal.content.RemoteAttachment;

/** Letters and notices in words. */
final class Wording {
    private Wording() {}

    /** What a letter says, in one line. */
    static String of(Content content) {
        if (content instanceof Content.Text text) {
            return text.body();
        }
        if (content instanceof Content.Edit edit) {
            return edit.body() + "   (instead of what was said before)";
        }
        if (content instanceof Content.Revoke) {
            return "(takes a message back)";
        }
        if (content instanceof Content.Reaction reaction) {
            return reaction.sign().isEmpty() ? "(takes a sign back)" : reaction.sign() + "   (to a message)";
        }
        if (content instanceof Attachment file) {
            return "(a file: " + file.label().name() + ", " + file.bytes().length() + " bytes; /save FILE)";
        }
        return content instanceof RemoteAttachment large
                ? "(a file: " + large.label().name() + ", " + large.size() + " bytes; /save DIRECTORY)"
                : "(something that this version cannot show)";
    }

    /** The word for a kind of letter, for whoever drives a phone as a process. */
    static String kind(Content content) {
        if (content instanceof Content.Text) {
            return "text";
        }
        if (content instanceof Content.Edit) {
            return "edit";
        }
        if (content instanceof Content.Revoke) {
            return "revoke";
        }
        if (content instanceof Content.Reaction) {
            return "reaction";
        }
        return content instanceof Attachment || content instanceof RemoteAttachment ? "file" : "unsupported";
    }

    /** What an owner has agreed to, in the words of the wire. */
    static String of(Set<Scope> scopes) {
        return scopes.stream()
                .sorted()
                .map(scope -> scope.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    static String of(Notice notice, Function<Tag, String> nameOf) {
        if (notice instanceof Notice.AccountChanged changed) {
            String name = nameOf.apply(changed.of());
            return changed.held()
                    ? name + " has another account than the one that you verified: nothing is sent until you"
                            + " /accept " + name + ", or /verify " + name + " the old one again"
                    : name + " has another account now: a new phone, or somebody else. /safety " + name;
        }
        if (notice instanceof Notice.NotBelieved lie) {
            return "the broker does not tell the truth about " + nameOf.apply(lie.of()) + " (" + word(lie.why())
                    + "): nothing is sealed to what it shows";
        }
        return "a message came that this phone cannot open ("
                + ((Notice.Unopenable) notice)
                        .reason()
                        .name()
                        .toLowerCase(Locale.ROOT)
                        .replace('_', ' ')
                + "); its sender is told so";
    }

    private static String word(Notice.Why why) {
        return switch (why) {
            case FORGED -> "a list of devices that the account has not signed";
            case OLDER_LIST -> "an old list of devices";
            case TWO_LISTS -> "two lists of devices";
            case OTHER_ACCOUNT -> "another account";
            case NOT_LISTED -> "a list without this phone";
            case FORGED_PREKEY -> "a key that is not the device's";
        };
    }

    /** How a larger file ended; nothing of how it goes. */
    static Optional<String> of(FileEvent event) {
        if (event instanceof FileEvent.ReceivingEnded ended) {
            return Optional.of(
                    switch (ended.outcome()) {
                        case COMPLETE -> "the file is there";
                        case GONE -> "the file does not come: its sender has it on offer no more";
                        case DAMAGED -> "what came is not the file that its sender signed";
                        case CANCELLED -> "the file is not received any more";
                        case UNSTORABLE -> "the file cannot be written";
                    });
        }
        return event instanceof FileEvent.Taken ? Optional.of("the other one has the whole file") : Optional.empty();
    }
}
