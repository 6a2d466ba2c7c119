package lethe.device.phone;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import lethe.client.http.Answer;
import lethe.core.block.ReportReason;
import lethe.core.identity.Tag;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.ProblemType;
import lethe.device.DeviceClient;
import lethe.device.LetheEvent;
import lethe.device.contacts.Blocked;

/** What an owner types about senders whose messages are not wanted. */
final class SenderCommands {
    private final DeviceClient client;
    private final Screen screen;
    private final AddressBook book;
    private final Blocked blocked;
    private final Application application;

    SenderCommands(DeviceClient client, Screen screen, AddressBook book, Blocked blocked, Application application) {
        this.client = client;
        this.screen = screen;
        this.book = book;
        this.blocked = blocked;
        this.application = application;
    }

    void command(String command, List<String> words) {
        switch (command) {
            case "/blocks" -> show();
            case "/report" -> report(words);
            default -> named(words).ifPresent(tag -> change(command, tag));
        }
    }

    /** The broker has no list any more. */
    void forget() {
        blocked.clear();
    }

    private Optional<Tag> named(List<String> words) {
        synchronized (book) {
            Optional<Tag> found = words.size() == 1 ? book.find(words.get(0)) : Optional.empty();
            if (found.isEmpty()) {
                screen.trouble("whom? a name in the contacts, or an address");
            }
            return found;
        }
    }

    private void change(String command, Tag tag) {
        if (command.equals("/block")) {
            done(
                    client.senders().block(tag),
                    "blocked: nothing comes from " + nameOf(tag) + " any more",
                    () -> blocked.add(tag));
        } else {
            done(client.senders().unblock(tag), "not blocked: " + nameOf(tag), () -> blocked.remove(tag));
        }
    }

    private void show() {
        blocked.all().forEach(tag -> screen.note(nameOf(tag)));
        Answer<Bodies.BlockCount> answer =
                client.senders().blocked().toCompletableFuture().join();
        if (answer instanceof Answer.Good<Bodies.BlockCount> good) {
            screen.note(good.value().blocked() + " of " + good.value().most() + " are blocked at the broker");
        } else {
            trouble(answer);
        }
    }

    private void report(List<String> words) {
        Optional<LetheEvent.Received> last = application.last();
        Optional<ReportReason> reason = words.size() > 1
                ? Optional.empty()
                : words.stream().findFirst().map(SenderCommands::reason).orElse(Optional.of(ReportReason.OTHER));
        if (last.isEmpty()) {
            screen.trouble("no message has come since this phone was started");
        } else if (reason.isEmpty()) {
            screen.trouble("/report spam|fraud|harassment|other reports the message that came last");
        } else {
            done(
                    client.senders().report(last.get().proof(), reason.get()),
                    "reported: the broker counts it, and was told neither who wrote nor what",
                    () -> {});
        }
    }

    private static Optional<ReportReason> reason(String word) {
        for (ReportReason reason : ReportReason.values()) {
            if (reason.word().equals(word.toLowerCase(Locale.ROOT))) {
                return Optional.of(reason);
            }
        }
        return Optional.empty();
    }

    private String nameOf(Tag tag) {
        synchronized (book) {
            return book.nameOf(tag);
        }
    }

    private void done(CompletionStage<Answer<Boolean>> asked, String note, Runnable then) {
        Answer<Boolean> answer = asked.toCompletableFuture().join();
        if (answer instanceof Answer.Good) {
            then.run();
            screen.note(note);
        } else {
            trouble(answer);
        }
    }

    private void trouble(Answer<?> answer) {
        if (answer instanceof Answer.Refused<?> refused) {
            screen.trouble(
                    refused.problem().type() == ProblemType.NOT_FOUND
                            ? "the broker does not know any more who sent it"
                            : refused.problem().type().title());
        } else {
            screen.trouble(((Answer.Unreachable<?>) answer).why());
        }
    }
}
