package lethe.loadtest.seizure;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import lethe.loadtest.evidence.NotPossible;
import lethe.loadtest.evidence.Tool;
import lethe.loadtest.process.Child;
import lethe.loadtest.process.Children;

/**
 * A disk of its own for what is seized: an ext4 file system in a file, mounted over a loop device, so that all its
 * blocks can be read, also those that belong to no file any more.
 */
final class LoopDisk {
    private static final Duration MOUNTED_WITHIN = Duration.ofSeconds(20);
    private static final Duration UNMOUNTED_WITHIN = Duration.ofSeconds(60);

    /** Unmounts when its standard input ends, however this process ended, once nobody writes there any more. */
    private static final String KEEPER = """
            trap '' TERM
            mount -o loop,noatime "$1" "$2" || exit 1
            echo "disk ready $2"
            while read -r _; do :; done
            tries=0
            until umount "$2"; do
                tries=$((tries + 1))
                [ "$tries" -lt 100 ] || exec umount -l "$2"
                sleep 0.5
            done
            """;

    /** Frozen means that all is written and nothing changes. Never left frozen, whatever happens to the copy. */
    private static final String COPY = """
            trap '' INT HUP TERM
            fsfreeze -f "$1" || exit 1
            cp --sparse=always "$2" "$3"
            code=$?
            fsfreeze -u "$1" || exit 1
            exit "$code"
            """;

    private final Path image;
    private final Path root;
    private final Child keeper;

    private LoopDisk(Path image, Path root, Child keeper) {
        this.image = image;
        this.root = root;
        this.keeper = keeper;
    }

    /**
     * Makes and mounts one.
     *
     * @param directory of the image and of the place where it is mounted
     * @param children end it last
     * @throws NotPossible if this machine does not let us
     */
    static LoopDisk mount(Path directory, int megabytes, Children children) throws IOException, InterruptedException {
        Path image = directory.resolve("disk.img");
        Path root = Files.createDirectories(directory.resolve("disk"));
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength((long) megabytes << 20);
        }
        Tool.run("mkfs.ext4", "-q", "-F", "-m", "0", image.toString());
        Child keeper = children.start("disk", UNMOUNTED_WITHIN, Tool.script(KEEPER, image.toString(), root.toString()));
        try {
            keeper.awaitReady("disk", MOUNTED_WITHIN);
        } catch (IOException refused) {
            throw NotPossible.here("no file system could be mounted over a loop device: " + refused.getMessage());
        }
        return new LoopDisk(image, root, keeper);
    }

    /** Where files are written. */
    Path root() {
        return root;
    }

    /** Copies all blocks as they are at one moment, everything written that was to be written. */
    void copyTo(Path copy) throws IOException, InterruptedException {
        Tool.run(Tool.script(COPY, root.toString(), image.toString(), copy.toString())
                .toArray(String[]::new));
    }

    /** Unmounts it, when nobody uses it any more, and answers all of its blocks. */
    Path unmounted() {
        keeper.close();
        return image;
    }
}
