package lethe.device.contacts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.device.store.PhoneFiles;
import lethe.device.store.Slot;

/**
 * Whom the owner has blocked, in a file of the phone that only its owner can read: the broker cannot tell. Safe for use
 * by many threads.
 */
public final class Blocked {
    private final Slot file;
    private final Set<Tag> tags = new LinkedHashSet<>();

    private Blocked(Slot file) {
        this.file = file;
    }

    /** Those of a phone; none if there is no file. */
    public static Blocked in(PhoneFiles files) {
        Blocked blocked = new Blocked(files.file("blocked"));
        try {
            blocked.file
                    .read()
                    .map(content -> new String(content.shared(), StandardCharsets.US_ASCII))
                    .ifPresent(text -> text.lines().map(Tag::fromText).forEach(blocked.tags::add));
            return blocked;
        } catch (IllegalArgumentException e) {
            throw new UncheckedIOException(new IOException("the file " + blocked.file + " does not list addresses"));
        }
    }

    public synchronized boolean contains(Tag tag) {
        return tags.contains(tag);
    }

    /** In the order in which they were blocked. */
    public synchronized List<Tag> all() {
        return List.copyOf(tags);
    }

    /** Durable on return. */
    public synchronized void add(Tag tag) {
        if (tags.add(tag)) {
            write();
        }
    }

    /** Durable on return. */
    public synchronized void remove(Tag tag) {
        if (tags.remove(tag)) {
            write();
        }
    }

    /** The owner opted out, and so the broker has no list any more either. Durable on return. */
    public synchronized void clear() {
        if (!tags.isEmpty()) {
            tags.clear();
            write();
        }
    }

    private void write() {
        String lines = tags.stream().map(tag -> tag.toText() + "\n").collect(Collectors.joining());
        file.write(Opaque.wrap(lines.getBytes(StandardCharsets.US_ASCII)));
    }
}
