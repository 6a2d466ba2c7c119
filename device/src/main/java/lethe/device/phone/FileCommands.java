package lethe.device.phone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.BiConsumer;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.device.FileSending;
import lethe.device.Lethe;
import lethe.device.LetheEvent;
import lethe.device.files.FileSource;
import lethe.device.files.disk.DiskSink;
import lethe.device.files.disk.DiskSource;
import lethe.seal.content.Attachment;
import lethe.seal.content.Content;
import lethe.seal.content.Label;
import lethe.seal.content.RemoteAttachment;
import org.jspecify.annotations.Nullable;

/** What an owner types about files: small ones go in a letter, larger ones from phone to phone. */
final class FileCommands {
    /** What fits into an envelope, with some room for the names of many devices. */
    private static final int MOST_IN_A_LETTER = 60_000;

    private final Lethe lethe;
    private final Screen screen;
    private final Application application;

    FileCommands(Lethe lethe, Screen screen, Application application) {
        this.lethe = lethe;
        this.screen = screen;
        this.application = application;
    }

    /**
     * Sends a file.
     *
     * @param to null if nobody was named
     * @param send writes a letter
     */
    void send(String name, @Nullable Tag to, BiConsumer<Tag, Content> send) {
        if (to == null || name.isBlank()) {
            screen.trouble("/file FILE, to whom? /to NAME");
            return;
        }
        try {
            Path file = Path.of(name);
            String type = Optional.ofNullable(Files.probeContentType(file)).orElse("application/octet-stream");
            Label label = new Label(String.valueOf(file.getFileName()), type);
            if (Files.size(file) > MOST_IN_A_LETTER) {
                offer(to, label, DiskSource.open(file));
            } else {
                send.accept(to, new Attachment(label, Opaque.wrap(Files.readAllBytes(file))));
            }
        } catch (IOException | IllegalArgumentException unreadable) {
            screen.trouble("that file cannot be sent");
        }
    }

    private void offer(Tag to, Label label, Optional<FileSource> source) {
        if (source.isEmpty()) {
            screen.trouble("that file cannot be sent");
            return;
        }
        FileSending sending =
                lethe.sendFile(to, label, source.get()).toCompletableFuture().join();
        if (sending instanceof FileSending.Offered) {
            screen.note("on offer while this phone runs, for a day at most: it goes when the other one wants it");
        } else {
            screen.trouble("a file has 1 byte to 100 MiB, and not many are on offer at once");
        }
    }

    /** Keeps the file that came last. */
    void save(String name) {
        Optional<LetheEvent.Received> letter = application.lastFile();
        if (letter.isEmpty() || name.isBlank()) {
            screen.trouble(
                    "/save FILE, when a file has come since this phone was started; a large one: /save DIRECTORY");
            return;
        }
        try {
            if (letter.get().content() instanceof Attachment small) {
                Files.write(Path.of(name), small.bytes().shared(), StandardOpenOption.CREATE_NEW);
                screen.note("saved");
            } else if (letter.get().content() instanceof RemoteAttachment large) {
                receive(letter.get(), large, Path.of(name));
            }
        } catch (IOException | InvalidPathException notWritten) {
            screen.trouble("that file cannot be written; one that is there is left alone");
        }
    }

    private void receive(LetheEvent.Received letter, RemoteAttachment file, Path directory) {
        if (!(DiskSink.begin(directory, file) instanceof DiskSink.Opening.Opened opened)) {
            screen.trouble("nothing can be written there; a large file goes into a directory: /save DIRECTORY");
            return;
        }
        Path target = opened.sink().target();
        boolean begun = lethe.receiveFile(letter, file, opened.sink())
                .toCompletableFuture()
                .join();
        if (begun) {
            screen.note("it comes: " + target);
        } else {
            screen.trouble("it is coming already, or too many are");
        }
    }
}
