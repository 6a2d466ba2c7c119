package lethe.device.phone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import lethe.device.store.Durability;
import lethe.device.store.FileStore;
import lethe.device.store.Identity;
import lethe.device.trust.LinkedAccount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkCommandTest {
    @TempDir
    private Path home;

    private final Identity alice = Identity.draw(new Random(1));
    private final AccountCode account =
            new AccountCode(alice.tag(), alice.account().orElseThrow());

    private CommandRun link(String... options) {
        List<String> arguments = new ArrayList<>(List.of("--home", home.toString(), "tablet", "link"));
        arguments.addAll(List.of(options));
        return new CommandRun(arguments);
    }

    @Test
    void keepsWhoseDeviceThePhoneBecomes() {
        try (CommandRun link = link("--to", account.toText())) {
            assertThat(link.exitCode()).isZero();
        }
        try (FileStore tablet = open()) {
            assertThat(tablet.identity().tag()).isEqualTo(alice.tag());
            assertThat(tablet.identity().account()).isEmpty();
            assertThat(LinkedAccount.own(tablet)).isEqualTo(alice.account());
        }
    }

    @Test
    void takesNoAddressWithoutItsKey() {
        try (CommandRun link = link("--to", alice.tag().toText())) {
            link.next("an address without the account's key");
            assertThat(link.exitCode()).isEqualTo(2);
        }
        try (CommandRun link = link("--to", alice.tag().toText() + "." + "x")) {
            link.next("two words of 43 characters");
            assertThat(link.exitCode()).isEqualTo(2);
        }
        try (FileStore tablet = open()) {
            assertThat(tablet.identity().tag()).isNotEqualTo(alice.tag());
        }
    }

    @Test
    void readsWhatItShows() {
        assertThat(AccountCode.parse(account.toText())).contains(account);
        assertThat(AccountCode.parse(alice.tag().toText())).isEmpty();
        assertThat(AccountCode.parse(account.toText() + "A")).isEmpty();
    }

    private FileStore open() {
        return FileStore.open(home.resolve("phones/tablet"), Durability.PROCESS, new Random(2))
                .orElseThrow();
    }
}
