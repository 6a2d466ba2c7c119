package lethe.loadtest.evidence;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The memory of another process, from {@code /proc} (Linux; proc(5)): every mapping that it can read and write. Stopped
 * meanwhile, so that nothing moves behind our back.
 */
public final class ProcessMemory {
    private static final Pattern MAPPING = Pattern.compile("([0-9a-f]+)-([0-9a-f]+) rw.. .*");
    private static final int CHUNK = 1 << 20;
    private static final int PAGE = 4096;

    private ProcessMemory() {}

    /**
     * Writes all of it to a file, mapping after mapping; pages of zeros take no room in it.
     *
     * @param index gets a line for each mapping: where it begins in the file, and what the system says of it
     */
    public static void dump(long pid, Path file, Path index) throws IOException {
        try (var unused = Standstill.of(pid);
                RandomAccessFile memory = new RandomAccessFile("/proc/" + pid + "/mem", "r");
                RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            List<String> lines = new ArrayList<>();
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "maps"))) {
                Matcher mapping = MAPPING.matcher(line);
                if (mapping.matches()) {
                    lines.add(out.getFilePointer() + " " + line);
                    long from = Long.parseUnsignedLong(mapping.group(1), 16);
                    copy(memory, from, Long.parseUnsignedLong(mapping.group(2), 16), out);
                }
            }
            out.setLength(out.getFilePointer());
            Files.write(index, lines);
        }
    }

    private static void copy(RandomAccessFile memory, long from, long end, RandomAccessFile out) throws IOException {
        byte[] chunk = new byte[CHUNK];
        for (long at = from; at < end; at += CHUNK) {
            int length = (int) Math.min(CHUNK, end - at);
            memory.seek(at);
            int read = 0;
            try {
                while (read < length) {
                    int more = memory.read(chunk, read, length - read);
                    if (more <= 0) {
                        break;
                    }
                    read += more;
                }
            } catch (IOException behindTheEnd) {
                // A mapping may be longer than the file that it maps: there is nothing to read behind that.
            }
            write(chunk, read, out);
        }
    }

    private static void write(byte[] chunk, int length, RandomAccessFile out) throws IOException {
        for (int at = 0; at < length; at += PAGE) {
            int size = Math.min(PAGE, length - at);
            if (isZero(chunk, at, size)) {
                out.seek(out.getFilePointer() + size);
            } else {
                out.write(chunk, at, size);
            }
        }
    }

    private static boolean isZero(byte[] chunk, int from, int size) {
        for (int i = from; i < from + size; i++) {
            if (chunk[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
