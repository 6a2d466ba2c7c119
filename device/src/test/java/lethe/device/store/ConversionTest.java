package lethe.device.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConversionTest {
    private static final VaultKey KEY = GivenPlatform.key(1);
    private static final VaultKey OTHER = GivenPlatform.key(2);

    @TempDir
    private Path home;

    private final Random random = new Random(5);
    private Path phone = Path.of("");
    private Map<String, String> contents = Map.of();
    private int phones;

    @BeforeEach
    void givenAPhoneInClear() {
        phone = home.resolve("alice");
        GivenPhone.make(phone, VaultKey.none(), random);
        contents = GivenPhone.contents(phone, VaultKey.none(), random);
    }

    private Path copy() throws IOException {
        Path copy = home.resolve("copy" + phones++);
        GivenPhone.copy(phone, copy);
        return copy;
    }

    private void protect(VaultKey now, VaultKey next) {
        assertThat(FileStore.protect(phone, now, next, random)).isEmpty();
    }

    /** Whether it died. */
    private boolean dies(Path at, int after, VaultKey now, VaultKey next) throws IOException {
        try {
            assertThat(new Conversion(at, random, new DyingDisk(after)).change(now, next))
                    .isEmpty();
            return false;
        } catch (DyingDisk.Died died) {
            return true;
        }
    }

    @Test
    void encryptsAllOrNothingAtWhateverChangeThePhoneDied() throws IOException {
        boolean died = true;
        int changes = 0;
        while (died) {
            Path copy = copy();
            died = dies(copy, changes, VaultKey.none(), KEY);
            boolean begun = FileStore.protection(copy).isPresent();
            assertThat(new Conversion(copy, random, DyingDisk.immortal()).finish(KEY))
                    .isEmpty();
            assertThat(GivenPhone.contents(copy, begun ? KEY : VaultKey.none(), random))
                    .as("died at change %d", changes)
                    .isEqualTo(contents);
            if (begun) {
                assertThat(GivenPhone.shown(copy, GivenPhone.secrets(contents)))
                        .as("died at change %d", changes)
                        .isEmpty();
            }
            changes++;
        }
        assertThat(changes).isGreaterThan(50);
    }

    @Test
    void isInClearAgainAtWhateverChangeThePhoneDied() throws IOException {
        protect(VaultKey.none(), KEY);
        boolean died = true;
        int changes = 0;
        while (died) {
            Path copy = copy();
            died = dies(copy, changes, KEY, VaultKey.none());
            if (FileStore.protection(copy).isPresent()) {
                assertThat(new Conversion(copy, random, DyingDisk.immortal()).change(KEY, VaultKey.none()))
                        .as("died at change %d", changes)
                        .isEmpty();
            }
            assertThat(GivenPhone.contents(copy, VaultKey.none(), random))
                    .as("died at change %d", changes)
                    .isEqualTo(contents);
            assertThat(GivenPhone.files(copy)).noneMatch(file -> file.toString().matches(".*(vault|[.]key|[.]new)"));
            changes++;
        }
        assertThat(changes).isGreaterThan(50);
    }

    @Test
    void opensByTheOldKeyOrByTheNewOne() throws IOException {
        protect(VaultKey.none(), KEY);
        boolean died = true;
        for (int changes = 0; died; changes++) {
            Path copy = copy();
            died = dies(copy, changes, KEY, OTHER);
            Opening<FileStore> opening = FileStore.open(copy, KEY, Durability.PROCESS, random);
            boolean old = opening instanceof Opening.Opened<FileStore>;
            if (opening instanceof Opening.Opened<FileStore> opened) {
                opened.value().close();
            } else {
                assertThat(opening).isEqualTo(new Opening.Refused<FileStore>(StoreRefusal.WRONG_KEY));
            }
            assertThat(GivenPhone.contents(copy, old ? KEY : OTHER, random)).isEqualTo(contents);
            assertThat(died || !old).isTrue();
        }
    }

    @Test
    void finishesRemovingWhenThePhoneIsOpened() throws IOException {
        protect(VaultKey.none(), KEY);
        assertThat(dies(phone, 8, KEY, VaultKey.none())).isTrue();

        assertThat(FileStore.open(phone, VaultKey.none(), Durability.PROCESS, random))
                .isEqualTo(new Opening.Refused<FileStore>(StoreRefusal.NEEDS_PLATFORM_KEY));
        assertThat(FileStore.open(phone, KEY, Durability.PROCESS, random))
                .isEqualTo(new Opening.Refused<FileStore>(StoreRefusal.NOT_ENCRYPTED));
        assertThat(GivenPhone.contents(phone, VaultKey.none(), random)).isEqualTo(contents);
    }

    @Test
    void finishesEncryptingWhenThePhoneIsOpened() throws IOException {
        assertThat(dies(phone, 8, VaultKey.none(), KEY)).isTrue();

        assertThat(FileStore.open(phone, VaultKey.none(), Durability.PROCESS, random))
                .isEqualTo(new Opening.Refused<FileStore>(StoreRefusal.NEEDS_PLATFORM_KEY));
        assertThat(GivenPhone.contents(phone, KEY, random)).isEqualTo(contents);
        assertThat(VaultFile.read(phone).map(VaultFile::state)).contains(VaultFile.State.SEALED);
    }

    @Test
    void waitsUntilNobodyHasALineOpen() {
        try (FileStore second = GivenPhone.open(FileStore.line(phone, 2), VaultKey.none(), random)) {
            assertThat(FileStore.protect(phone, VaultKey.none(), KEY, random)).contains(StoreRefusal.IN_USE);
            assertThat(second.policySeen()).isZero();
        }
        assertThat(FileStore.protection(phone)).isEmpty();
        protect(VaultKey.none(), KEY);
    }

    @Test
    void encryptsALineThatComesLater() throws IOException {
        protect(VaultKey.none(), KEY);
        Path third = FileStore.line(phone, 3);

        assertThat(FileStore.open(third, VaultKey.none(), Durability.PROCESS, random))
                .isEqualTo(new Opening.Refused<FileStore>(StoreRefusal.NEEDS_PLATFORM_KEY));
        try (FileStore store = GivenPhone.open(third, KEY, random)) {
            String address = store.identity().tag().toText();
            assertThat(Files.readString(third.resolve("address"), StandardCharsets.ISO_8859_1))
                    .doesNotContain(address);
        }
    }

    @Test
    void leavesNothingOfAWriteThatWasNotFinishedInClear() throws IOException {
        Files.writeString(phone.resolve("contacts.new"), GivenPhone.NAME + "\t");
        protect(VaultKey.none(), KEY);

        assertThat(phone.resolve("contacts.new")).doesNotExist();
    }
}
