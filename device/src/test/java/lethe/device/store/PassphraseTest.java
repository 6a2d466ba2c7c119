package lethe.device.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PassphraseTest {
    private static final byte[] SALT = "a salt of 16 byt".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path home;

    private final Random random = new Random(5);

    /** Another one would lock every owner out. Computed by libargon2. */
    @Test
    void derivesTheSameKeyForEver() {
        try (Passphrase passphrase = new Passphrase("gr\u00fcne \u00c4pfel".toCharArray())) {
            assertThat(HexFormat.of().formatHex(passphrase.derive(Argon2Cost.USUAL, SALT)))
                    .isEqualTo("27d60bf06aee29b982660375bfaca0a71cab2fd3caf7d1f81fb40e3e22ba6afa");
            assertThat(Argon2Cost.USUAL).isEqualTo(new Argon2Cost(65_536, 3, 4));
        }
    }

    @Test
    void opensWhatItHasEncryptedAndNothingElse() {
        Path phone = home.resolve("alice");
        try (Passphrase first = new Passphrase("correct horse".toCharArray());
                Passphrase second = new Passphrase("battery staple".toCharArray())) {
            assertThat(FileStore.protect(phone, VaultKey.none(), first, random)).isEmpty();
            assertThat(FileStore.protection(phone)).contains(StoreRefusal.NEEDS_PASSPHRASE);
            GivenPhone.open(phone, first, random).close();
            assertThat(FileStore.open(phone, second, Durability.PROCESS, random))
                    .isEqualTo(new Opening.Refused<FileStore>(StoreRefusal.WRONG_KEY));
            assertThat(FileStore.open(phone, VaultKey.none(), Durability.PROCESS, random))
                    .isEqualTo(new Opening.Refused<FileStore>(StoreRefusal.NEEDS_PASSPHRASE));

            assertThat(FileStore.protect(phone, second, first, random)).contains(StoreRefusal.WRONG_KEY);
            assertThat(FileStore.protect(phone, first, second, random)).isEmpty();
            assertThat(FileStore.open(phone, first, Durability.PROCESS, random))
                    .isEqualTo(new Opening.Refused<FileStore>(StoreRefusal.WRONG_KEY));
            GivenPhone.open(phone, second, random).close();
        }
    }

    @Test
    void isOverwrittenWhereItWasTyped() {
        char[] typed = "correct horse".toCharArray();
        try (Passphrase passphrase = new Passphrase(typed)) {
            assertThat(typed).containsOnly('\0');
            assertThat(passphrase).hasToString("Passphrase[***]");
        }
    }
}
