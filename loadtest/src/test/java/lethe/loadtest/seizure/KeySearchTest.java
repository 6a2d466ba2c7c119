package lethe.loadtest.seizure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import lethe.core.identity.Opaque;
import lethe.loadtest.evidence.Evidence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three messages: two of an epoch, one of the next; for the first there is a newer key in a keys row. */
class KeySearchTest {
    private final SomeSealed sealed = new SomeSealed(new Random(7));
    private final byte[] first = sealed.draw(32);
    private final byte[] second = sealed.draw(32);
    private final byte[] third = sealed.draw(32);
    private final byte[] epoch = sealed.draw(32);
    private final byte[] nextEpoch = sealed.draw(32);
    private final byte[] lastEpoch = sealed.draw(32);
    private final byte[] ofKeysRow = sealed.draw(32);
    private final byte[] id = sealed.draw(16);
    private final KeySearch search = new KeySearch(
            new Payloads(
                    List.of(
                            sealed.envelope(50, epoch, first),
                            sealed.envelope(50, epoch, second),
                            sealed.envelope(51, nextEpoch, third)),
                    List.of(sealed.keys(52, lastEpoch, ofKeysRow, id, first))),
            Set.of(Opaque.wrap(id)));

    @TempDir
    Path directory;

    @Test
    void opensARowWithItsOwnKey() throws Exception {
        assertThat(opened(second)).containsExactly(1);
    }

    @Test
    void opensAllRowsOfAnEpochWithItsKey() throws Exception {
        assertThat(opened(epoch)).containsExactly(0, 1);
        assertThat(opened(nextEpoch)).containsExactly(2);
    }

    @Test
    void opensARowWithTheKeyUnderWhichANewerOneWasStored() throws Exception {
        assertThat(opened(lastEpoch)).containsExactly(0);
    }

    @Test
    void opensARowWithTheOwnKeyOfTheRowInWhichItsNewerKeyIs() throws Exception {
        assertThat(opened(ofKeysRow)).containsExactly(0);
    }

    @Test
    void knowsAKeyAsAesKeepsItInNumbers() throws Exception {
        ByteBuffer words = ByteBuffer.wrap(third);
        ByteBuffer kept = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        while (words.hasRemaining()) {
            kept.putInt(words.getInt());
        }
        assertThat(opened(kept.array())).containsExactly(2);
    }

    /** On a Java with compact object headers, the bytes of an array begin after twelve bytes. */
    @Test
    void looksInMemoryWhereAnArrayMayBegin() throws Exception {
        byte[] memory = new byte[12 + second.length];
        System.arraycopy(second, 0, memory, 12, second.length);
        Path file = Files.write(directory.resolve("memory"), memory);
        assertThat(search.opened(Evidence.memory("memory", file)).stream()).containsExactly(1);
    }

    @Test
    void opensNothingWithNoiseNorWithAKeyThatMissesABit() throws Exception {
        byte[] almost = second.clone();
        almost[31] ^= 1;
        assertThat(opened(almost)).isEmpty();
    }

    @Test
    void looksOnlyWhereKeysAreToBeLookedFor() throws Exception {
        Path file = Files.write(directory.resolve("heap"), second);
        assertThat(search.opened(Evidence.of("heap", file)).stream()).isEmpty();
    }

    /** Somewhere in noise, across two of the pieces in which it is read. */
    private List<Integer> opened(byte[] found) throws IOException {
        byte[] noise = sealed.draw(100_000 + (1 << 20));
        System.arraycopy(found, 0, noise, (1 << 20) - 8, found.length);
        byte[] quiet = new byte[noise.length];
        System.arraycopy(noise, (1 << 20) - 1_000, quiet, (1 << 20) - 1_000, 10_000);
        Path file = Files.write(directory.resolve("disk"), quiet);
        return search.opened(Evidence.disk("disk", file)).stream().boxed().toList();
    }
}
