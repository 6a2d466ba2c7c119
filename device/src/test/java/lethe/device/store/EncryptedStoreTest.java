package lethe.device.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import lethe.device.Given;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptedStoreTest {
    private static final VaultKey KEY = GivenPlatform.key(1);

    /** Each opens another way, or at another time. */
    private static final List<String> FILES =
            List.of("key", "account", "address", "consent", "sim", "owed", "policy", "contacts", "blocked", "prekeys");

    @TempDir
    private Path home;

    private final Random random = new Random(5);
    private Path phone = Path.of("");

    @BeforeEach
    void inTheHome() {
        phone = home.resolve("phones/alice");
    }

    private void givenAnEncryptedPhone() {
        assertThat(FileStore.protect(phone, VaultKey.none(), KEY, random)).isEmpty();
        GivenPhone.make(phone, KEY, random);
    }

    private Map<String, String> contents() {
        return GivenPhone.contents(phone, KEY, random);
    }

    @Test
    void isTheSamePhoneWhenItIsOpenedAgain() {
        givenAnEncryptedPhone();

        assertThat(contents()).isEqualTo(contents());
    }

    @Test
    void showsNothingOnTheDisk() throws IOException {
        givenAnEncryptedPhone();
        Map<String, byte[]> secrets = GivenPhone.secrets(contents());

        assertThat(secrets).hasSizeGreaterThan(15);
        assertThat(GivenPhone.shown(phone, secrets)).isEmpty();
    }

    /** The control: the same search finds all of it in a phone that is not encrypted. */
    @Test
    void showsAllOfItOnTheDiskWithoutAKey() throws IOException {
        GivenPhone.make(phone, VaultKey.none(), random);
        Map<String, byte[]> secrets = GivenPhone.secrets(GivenPhone.contents(phone, VaultKey.none(), random));

        assertThat(GivenPhone.shown(phone, secrets)).isEqualTo(secrets.keySet());
    }

    @Test
    void opensByNoOtherKeyAndByNone() {
        givenAnEncryptedPhone();

        assertThat(open(GivenPlatform.key(2))).isEqualTo(new Opening.Refused<FileStore>(StoreRefusal.WRONG_KEY));
        assertThat(open(VaultKey.none())).isEqualTo(new Opening.Refused<FileStore>(StoreRefusal.NEEDS_PLATFORM_KEY));
        assertThat(open(new Passphrase("correct horse".toCharArray())))
                .isEqualTo(new Opening.Refused<FileStore>(StoreRefusal.NEEDS_PLATFORM_KEY));
        assertThatThrownBy(() -> FileStore.open(phone, Durability.PROCESS, random))
                .isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(StoreEncrypted.class);
        assertThatThrownBy(() -> FileStore.identityIn(phone)).hasCauseInstanceOf(StoreEncrypted.class);
        assertThat(FileStore.addressIn(phone)).isEmpty();
        assertThat(FileStore.addressIn(FileStore.line(phone, 2))).isEmpty();
    }

    private Opening<FileStore> open(VaultKey key) {
        return FileStore.open(phone, key, Durability.PROCESS, random);
    }

    @Test
    void takesAKeyForAPhoneInClearForAMistake() {
        GivenPhone.make(phone, VaultKey.none(), random);

        assertThat(open(KEY)).isEqualTo(new Opening.Refused<FileStore>(StoreRefusal.NOT_ENCRYPTED));
    }

    @Test
    void tellsDamageFromAnotherKey() throws IOException {
        givenAnEncryptedPhone();
        Path vault = phone.resolve("vault");
        byte[] whole = Files.readAllBytes(vault);
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 1;
            Files.write(vault, damaged);
            assertThatThrownBy(() -> open(KEY))
                    .as("damaged at %d", at)
                    .hasCauseInstanceOf(FileDamaged.class)
                    .hasMessageContaining(vault.toString());
            Files.write(vault, Arrays.copyOf(whole, at));
            assertThatThrownBy(() -> open(KEY)).as("cut at %d", at).hasCauseInstanceOf(FileDamaged.class);
        }
        assertThat(contentsAfter(() -> Files.write(vault, whole))).isNotEmpty();
    }

    private interface Change {
        Path make() throws IOException;
    }

    private Map<String, String> contentsAfter(Change change) throws IOException {
        assertThat(change.make()).exists();
        return contents();
    }

    @Test
    void namesAFileThatWasAltered() throws IOException {
        givenAnEncryptedPhone();
        for (String name : FILES) {
            byte[] whole = Files.readAllBytes(phone.resolve(name));
            for (int at : new int[] {0, 7, 8, 20, whole.length / 2, whole.length - 1}) {
                byte[] altered = whole.clone();
                altered[at] ^= 1;
                refuses(name, altered);
                refuses(name, Arrays.copyOf(whole, at));
            }
            Files.write(phone.resolve(name), whole);
        }
        assertThat(contents()).isNotEmpty();
    }

    @Test
    void takesNoFileForAnother() throws IOException {
        givenAnEncryptedPhone();
        for (String name : FILES) {
            byte[] own = Files.readAllBytes(phone.resolve(name));
            for (String other : FILES) {
                if (!other.equals(name)) {
                    refuses(name, Files.readAllBytes(phone.resolve(other)));
                }
            }
            refuses(name, Files.readAllBytes(FileStore.line(phone, 2).resolve(isOfLine2(name) ? name : "key")));
            Files.write(phone.resolve(name), own);
        }
    }

    private boolean isOfLine2(String name) {
        return Files.exists(FileStore.line(phone, 2).resolve(name));
    }

    @Test
    void takesNoFileInClearForItsOwn() throws IOException {
        givenAnEncryptedPhone();
        refuses("policy", "9\n".getBytes(StandardCharsets.US_ASCII));
        refuses("prekeys", Given.body("given by somebody else").toBytes());
    }

    private void refuses(String name, byte[] content) throws IOException {
        byte[] own = Files.readAllBytes(phone.resolve(name));
        Files.write(phone.resolve(name), content);
        assertThatThrownBy(this::contents)
                .as(name)
                .hasCauseInstanceOf(FileDamaged.class)
                .hasMessageContaining(phone.resolve(name).toString());
        Files.write(phone.resolve(name), own);
    }

    @Test
    void destroysTheKeyOfWhatASlotHeld() throws IOException {
        givenAnEncryptedPhone();
        Path before = Files.copy(phone.resolve("prekeys"), home.resolve("old"));
        try (FileStore store = GivenPhone.open(phone, KEY, random)) {
            store.slot("prekeys").write(Given.body("new prekeys"));
            assertThat(store.slot("prekeys").read()).contains(Given.body("new prekeys"));
        }
        Files.copy(before, phone.resolve("prekeys"), StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(this::contents).hasCauseInstanceOf(FileDamaged.class);
    }

    @Test
    void destroysTheKeyOfASlotThatIsDeleted() throws IOException {
        givenAnEncryptedPhone();
        Path keys = phone.resolve("prekeys.key");
        assertThat(isZero(keys)).isFalse();
        try (FileStore store = GivenPhone.open(phone, KEY, random)) {
            store.slot("prekeys").delete();
            assertThat(store.slot("prekeys").read()).isEmpty();
        }

        assertThat(isZero(keys)).isTrue();
    }

    private static boolean isZero(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        return Arrays.equals(content, new byte[content.length]);
    }

    @Test
    void writesASlotWholeOrNotAtWhateverChangeThePhoneDied() throws IOException {
        givenAnEncryptedPhone();
        Vault vault =
                ((Opening.Opened<Vault>) Vault.unlock(VaultFile.read(phone).orElseThrow(), KEY)).value();
        boolean died = true;
        int changes = 0;
        for (; died; changes++) {
            Path copy = home.resolve("copy" + changes);
            GivenPhone.copy(phone, copy);
            PhoneFiles dying = new PhoneFiles(copy, copy, vault, random, new DyingDisk(changes));
            try {
                new ForgettingSlot(dying, vault, "prekeys").write(Given.body("new prekeys"));
                died = false;
            } catch (DyingDisk.Died expected) {
                died = true;
            }
            try (FileStore store = GivenPhone.open(copy, KEY, random)) {
                assertThat(store.slot("prekeys").read().orElseThrow())
                        .as("died at change %d", changes)
                        .isIn(Given.body("new prekeys"), Given.body(GivenPhone.PREKEY));
                assertThat(keysIn(copy.resolve("prekeys.key"))).isEqualTo(1);
            }
        }
        assertThat(changes).isGreaterThan(4);
    }

    private static int keysIn(Path file) throws IOException {
        byte[] places = Files.readAllBytes(file);
        int keys = 0;
        for (int at = 0; at < places.length; at += DataKeys.PLACE) {
            byte[] place = Arrays.copyOfRange(places, at, at + DataKeys.PLACE);
            keys += Arrays.equals(place, new byte[DataKeys.PLACE]) ? 0 : 1;
        }
        return keys;
    }

    @Test
    void letsNobodyElseIn() throws IOException {
        givenAnEncryptedPhone();

        assertThat(GivenPhone.files(phone))
                .anyMatch(file -> file.endsWith("prekeys.key"))
                .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo("rw-------"));
    }

    @Test
    void isReadBesideWhoeverHasItOpen() throws IOException {
        givenAnEncryptedPhone();
        try (FileStore store = GivenPhone.open(phone, KEY, random)) {
            Opening<PhoneFiles> beside = PhoneFiles.unlock(phone, KEY, random);
            PhoneFiles files = ((Opening.Opened<PhoneFiles>) beside).value();
            assertThat(FileStore.identityIn(files).map(Identity::tag))
                    .contains(store.identity().tag());
        }
    }

    @Test
    void doesNotPrint() throws IOException {
        givenAnEncryptedPhone();
        Opening<PhoneFiles> files = PhoneFiles.unlock(phone, KEY, random);

        assertThat(Set.of(files.toString(), KEY.toString()))
                .containsExactlyInAnyOrder("Opened[value=PhoneFiles[***]]", "OfPlatform[***]");
    }
}
