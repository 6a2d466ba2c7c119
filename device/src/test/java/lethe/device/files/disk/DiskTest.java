package lethe.device.files.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import lethe.core.identity.Opaque;
import lethe.device.Given;
import lethe.device.files.ChunkSet;
import lethe.device.files.FileSink;
import lethe.device.files.FileSource;
import lethe.device.files.Offer;
import lethe.seal.content.Label;
import lethe.seal.content.RemoteAttachment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskTest {
    private static final int CHUNK = RemoteAttachment.CHUNK;
    private static final int SIZE = 40 * CHUNK + 5;

    @TempDir
    private Path home;

    private final Random random = new Random(1);
    private Path sent;
    private Path directory;

    @BeforeEach
    void aFileToSend() throws IOException {
        sent = home.resolve("sent.bin");
        Files.write(sent, Given.bytes(random, SIZE).shared());
        directory = Files.createDirectory(home.resolve("received"));
    }

    @Test
    void putsAFileTogetherOutOfAnyOrder() throws IOException {
        RemoteAttachment file = file("bank.jpg");
        DiskSink sink = begun(file);
        for (int number = file.chunks() - 1; number >= 0; number--) {
            write(sink, file, number);
        }

        assertThat(sink.finish()).isEqualTo(FileSink.Finish.KEPT);

        assertThat(sink.target()).isEqualTo(directory.resolve("bank.jpg"));
        assertThat(Files.readAllBytes(sink.target())).isEqualTo(Files.readAllBytes(sent));
        assertThat(names()).containsExactly("bank.jpg");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(sink.target())))
                .isEqualTo("rw-------");
    }

    @Test
    void letsNobodyElseReadWhatIsNotWhole() throws IOException {
        begun(file("bank.jpg"));

        assertThat(names()).containsExactly("bank.jpg", "bank.jpg.part", "bank.jpg.part.chunks");
        for (String name : names()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void overwritesNothing() throws IOException {
        Files.writeString(directory.resolve("bank.jpg"), "mine");
        Files.createSymbolicLink(directory.resolve("bank (2).jpg"), home.resolve("nowhere"));
        Files.writeString(directory.resolve("bank (3).jpg.part"), "mine too");
        RemoteAttachment file = file("bank.jpg");

        DiskSink sink = whole(file);

        assertThat(sink.finish()).isEqualTo(FileSink.Finish.KEPT);
        assertThat(sink.target()).isEqualTo(directory.resolve("bank (4).jpg"));
        assertThat(directory.resolve("bank.jpg")).hasContent("mine");
        assertThat(directory.resolve("bank (3).jpg.part")).hasContent("mine too");
        assertThat(directory.resolve("bank (3).jpg")).doesNotExist();
        assertThat(home.resolve("nowhere")).doesNotExist();
    }

    @Test
    void overwritesNothingThatItsOwnerWroteInItsPlaceMeanwhile() throws IOException {
        DiskSink sink = whole(file("bank.jpg"));
        Files.writeString(sink.target(), "mine");

        assertThat(sink.finish()).isEqualTo(FileSink.Finish.FAILED);
        assertThat(sink.target()).hasContent("mine");
        sink.discard();
        assertThat(sink.target()).hasContent("mine");
    }

    @Test
    void staysInItsDirectoryWhateverItsSenderCallsIt() {
        assertThat(begun(file("..")).target()).isEqualTo(directory.resolve("file"));
    }

    @Test
    void goesOnAfterItWasClosed() {
        RemoteAttachment file = file("bank.jpg");
        DiskSink first = begun(file);
        write(first, file, 3);
        write(first, file, 40);
        first.close();

        DiskSink second = resumed(first.target(), file);

        assertThat(have(second, file)).isEqualTo(bits(3, 40));
        for (int number = 0; number < file.chunks(); number++) {
            if (number != 3 && number != 40) {
                write(second, file, number);
            }
        }
        assertThat(second.finish()).isEqualTo(FileSink.Finish.KEPT);
    }

    /** After a crash the last ones are not known to be there; none is known that is not. */
    @Test
    void goesOnAfterACrash() {
        RemoteAttachment file = file("bank.jpg");
        DiskSink first = begun(file);
        for (int number = 0; number < 35; number++) {
            write(first, file, number);
        }

        BitSet have = have(resumed(first.target(), file), file);

        assertThat(have.cardinality()).isEqualTo(32);
        assertThat(have.nextClearBit(0)).isEqualTo(32);
    }

    @Test
    void goesOnWithNoOtherFile() throws IOException {
        RemoteAttachment file = file("bank.jpg");
        DiskSink sink = begun(file);
        sink.close();

        assertThat(DiskSink.resume(sink.target(), file("bank.jpg")))
                .isEqualTo(new DiskSink.Opening.NotOpened(DiskSink.Reason.NOT_BEGUN));
        assertThat(DiskSink.resume(directory.resolve("other"), file))
                .isEqualTo(new DiskSink.Opening.NotOpened(DiskSink.Reason.NOT_BEGUN));
        Files.writeString(sink.target(), "mine");
        assertThat(DiskSink.resume(sink.target(), file))
                .isEqualTo(new DiskSink.Opening.NotOpened(DiskSink.Reason.NOT_BEGUN));
    }

    @Test
    void findsThatTheLastLifeKeptIt() throws IOException {
        RemoteAttachment file = file("bank.jpg");
        DiskSink sink = whole(file);
        byte[] record = Files.readAllBytes(directory.resolve("bank.jpg.part.chunks"));
        assertThat(sink.finish()).isEqualTo(FileSink.Finish.KEPT);
        Files.write(directory.resolve("bank.jpg.part.chunks"), record);

        assertThat(DiskSink.resume(sink.target(), file))
                .isEqualTo(new DiskSink.Opening.NotOpened(DiskSink.Reason.KEPT_ALREADY));
        assertThat(names()).containsExactly("bank.jpg");
    }

    @Test
    void keepsNoFileThatIsAnotherOne() throws IOException {
        RemoteAttachment file = file("bank.jpg");
        DiskSink sink = whole(file);
        sink.write(7, Opaque.wrap(new byte[CHUNK]));

        assertThat(sink.finish()).isEqualTo(FileSink.Finish.DIFFERS);
        sink.discard();

        assertThat(names()).isEmpty();
    }

    @Test
    void beginsNothingWhereItCannot() throws IOException {
        assertThat(DiskSink.begin(directory.resolve("absent"), file("bank.jpg")))
                .isEqualTo(new DiskSink.Opening.NotOpened(DiskSink.Reason.UNWRITABLE));
        Files.writeString(directory.resolve("bank.jpg"), "");
        for (int number = 2; number <= 100; number++) {
            Files.writeString(directory.resolve("bank (" + number + ").jpg"), "");
        }
        assertThat(DiskSink.begin(directory, file("bank.jpg")))
                .isEqualTo(new DiskSink.Opening.NotOpened(DiskSink.Reason.NO_NAME));
    }

    @Test
    void leavesNothingBehindWhenItCannotBegin() throws IOException {
        Path inTheWay = Files.createDirectory(directory.resolve("bank.jpg.part.chunks"));
        Files.writeString(inTheWay.resolve("mine"), "mine");

        assertThat(DiskSink.begin(directory, file("bank.jpg")))
                .isEqualTo(new DiskSink.Opening.NotOpened(DiskSink.Reason.UNWRITABLE));

        assertThat(names()).containsExactly("bank.jpg.part.chunks");
        assertThat(inTheWay.resolve("mine")).hasContent("mine");
    }

    @Test
    void readsNoMoreThanThereIs() throws IOException {
        assertThat(DiskSource.open(home)).isEmpty();
        assertThat(DiskSource.open(home.resolve("absent"))).isEmpty();
        try (FileSource source = DiskSource.open(sent).orElseThrow()) {
            assertThat(source.size()).isEqualTo(SIZE);
            assertThat(source.read(SIZE - 5L, 5)).isPresent();
            assertThat(source.read(SIZE - 5L, 6)).isEmpty();
            Files.write(sent, new byte[10]);
            assertThat(source.read(SIZE - 5L, 5)).isEmpty();
        }
    }

    @Test
    void doesNotPrint() {
        RemoteAttachment file = file("bank.jpg");
        assertThat(begun(file)).hasToString("DiskSink[***]");
        assertThat(RecordHead.of(file)).hasToString("RecordHead[***]");
    }

    /** The file as its sender says it is, under a transfer of its own. */
    private RemoteAttachment file(String name) {
        try (FileSource source = DiskSource.open(sent).orElseThrow()) {
            Offer.Preparation preparation = Offer.prepare(source, new Label(name, "image/jpeg"), random);
            return ((Offer.Preparation.Prepared) preparation).offer().file();
        }
    }

    private DiskSink begun(RemoteAttachment file) {
        return ((DiskSink.Opening.Opened) DiskSink.begin(directory, file)).sink();
    }

    private static DiskSink resumed(Path target, RemoteAttachment file) {
        return ((DiskSink.Opening.Opened) DiskSink.resume(target, file)).sink();
    }

    private DiskSink whole(RemoteAttachment file) {
        DiskSink sink = begun(file);
        for (int number = 0; number < file.chunks(); number++) {
            write(sink, file, number);
        }
        return sink;
    }

    private void write(DiskSink sink, RemoteAttachment file, int number) {
        try (FileSource source = DiskSource.open(sent).orElseThrow()) {
            Opaque bytes =
                    source.read((long) number * CHUNK, file.lengthOf(number)).orElseThrow();
            assertThat(sink.write(number, bytes)).isTrue();
        }
    }

    private static BitSet have(DiskSink sink, RemoteAttachment file) {
        return ChunkSet.decode(sink.record(), file.chunks()).orElseThrow();
    }

    private static BitSet bits(int... numbers) {
        BitSet bits = new BitSet();
        for (int number : numbers) {
            bits.set(number);
        }
        return bits;
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
