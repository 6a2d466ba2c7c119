package lethe.device.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import lethe.core.consent.Scope;
import lethe.core.identity.Tag;
import lethe.device.Given;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStoreTest {
    @TempDir
    private Path home;

    private Path phone;

    @BeforeEach
    void inTheHome() {
        phone = home.resolve("phones/alice");
    }

    @Test
    void isTheSamePhoneWhenItIsOpenedAgain() {
        byte[] statement = {1, 2, 3};
        try (FileStore first = open(1)) {
            Identity identity = first.identity();
            first.close();
            try (FileStore second = open(2)) {
                assertThat(second.identity().tag()).isEqualTo(identity.tag());
                assertThat(second.identity().device()).isEqualTo(identity.device());
                assertThat(identity.key().signed(statement, second.identity().sign(statement)))
                        .isTrue();
            }
        }
    }

    @Test
    void isOffUntilItsOwnerAgreed() {
        GivenConsent given = new GivenConsent(3, Set.of(Scope.IP, Scope.SMS_DEVICE), Given.NOW);
        try (FileStore store = open(1)) {
            assertThat(store.consent()).isEmpty();
            store.agreed(given);
        }
        try (FileStore store = open(1)) {
            assertThat(store.consent()).contains(given);
            store.withdrawn();
        }
        try (FileStore store = open(1)) {
            assertThat(store.consent()).isEmpty();
        }
    }

    @Test
    void remembersTheHighestPolicyThatItHasSeen() {
        try (FileStore store = open(1)) {
            assertThat(store.policySeen()).isZero();
            store.sawPolicy(7);
        }
        try (FileStore store = open(1)) {
            assertThat(store.policySeen()).isEqualTo(7);
        }
    }

    @Test
    void belongsToOneProcessAtATime() {
        try (FileStore store = open(1)) {
            assertThat(store.consent()).isEmpty();
            assertThat(FileStore.open(phone, Durability.PROCESS, new Random(2))).isEmpty();
        }
        try (FileStore store = open(1)) {
            assertThat(store.consent()).isEmpty();
        }
    }

    @Test
    void tellsItsAddressToOthersOfTheSameOwner() {
        assertThat(FileStore.addressIn(phone)).isEmpty();
        Tag tag;
        try (FileStore store = open(1)) {
            tag = store.identity().tag();
            assertThat(FileStore.addressIn(phone)).contains(tag);
        }
        assertThat(FileStore.identityIn(phone).map(Identity::tag)).contains(tag);
    }

    @Test
    void letsNobodyElseIn() throws IOException {
        try (FileStore store = open(1)) {
            store.agreed(new GivenConsent(1, Set.of(Scope.IP), Given.NOW));
            store.sawPolicy(1);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(phone)))
                    .isEqualTo("rwx------");
            try (Stream<Path> files = Files.list(phone)) {
                assertThat(files)
                        .hasSize(8)
                        .allSatisfy(
                                file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                                        .as(file.toString())
                                        .isEqualTo("rw-------"));
            }
        }
    }

    @Test
    void beginsAnewIfThePhoneDiedWhileItWasMade() throws IOException {
        open(1).close();
        Files.delete(phone.resolve("address"));

        try (FileStore store = open(2)) {
            assertThat(FileStore.addressIn(phone)).contains(store.identity().tag());
        }
    }

    private FileStore open(long seed) {
        return FileStore.open(phone, Durability.PROCESS, new Random(seed)).orElseThrow();
    }

    @Test
    void takesNothingFromWhoeverIsLate(@TempDir Path directory) {
        FileStore store =
                FileStore.open(directory, Durability.PROCESS, new Random(1)).orElseThrow();
        Slot slot = store.slot("prekeys");
        slot.write(Given.body("in time"));
        store.close();

        assertThatThrownBy(() -> slot.write(Given.body("late"))).isInstanceOf(UncheckedIOException.class);

        try (FileStore again =
                FileStore.open(directory, Durability.PROCESS, new Random(1)).orElseThrow()) {
            assertThat(again.slot("prekeys").read()).contains(Given.body("in time"));
        }
    }
}
