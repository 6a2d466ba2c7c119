package lethe.device.phone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import lethe.device.store.LedgerDamaged;
import lethe.device.store.Passphrase;
import lethe.device.store.VaultKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code lethe phone NAME passphrase}: encrypts the phone's files, changes their passphrase, or takes it away. */
@Command(
        name = "passphrase",
        description = "Encrypts this phone's files under a passphrase, puts another one in its place, or removes it.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Asks for the passphrase, if there is one, and for the new one. Without a terminal they are the next lines of",
            "standard input. Whoever forgets it has lost what the phone holds.",
            "Exit code: 0 if done, 1 if the phone could not, 2 if asked wrongly.",
            "  ./lethe phone alice passphrase"
        })
public final class PassphraseCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private PhoneCommand phone = new PhoneCommand();

    @Option(names = "--remove", description = "Write the files in clear again.")
    private boolean remove;

    @Option(
            names = "--new-passphrase-file",
            paramLabel = "FILE",
            description = "The new passphrase is the first line of this file, for scripts.")
    private @Nullable Path file;

    @Override
    public Integer call() {
        Path directory = phone.profiles().directory(phone.name());
        if (!Profiles.isName(phone.name()) || !Files.isDirectory(directory)) {
            return say("There is no phone " + phone.name() + " yet: run ./lethe phone " + phone.name(), ExitCode.USAGE);
        }
        try (StoreDoor door = phone.door(new SecureRandom())) {
            if (!door.asks()) {
                return ExitCode.SOFTWARE;
            }
            return remove ? remove(door) : set(door);
        } catch (IOException | UncheckedIOException | LedgerDamaged unusable) {
            return say(String.valueOf(unusable.getMessage()), ExitCode.SOFTWARE);
        }
    }

    private int remove(StoreDoor door) {
        return door.change(VaultKey.none()) ? say("This phone's files are in clear.", ExitCode.OK) : ExitCode.SOFTWARE;
    }

    private int set(StoreDoor door) throws IOException {
        Optional<Passphrase> chosen = PassphraseOptions.choose("New passphrase of " + phone.name() + ":", file);
        if (chosen.isEmpty()) {
            return say(StoreDoor.NO_PASSPHRASE, ExitCode.USAGE);
        }
        try (Passphrase next = chosen.get()) {
            return door.change(next)
                    ? say("This phone's files are encrypted under the new passphrase.", ExitCode.OK)
                    : ExitCode.SOFTWARE;
        }
    }

    private int say(String text, int exitCode) {
        spec.commandLine().getErr().println(text);
        spec.commandLine().getErr().flush();
        return exitCode;
    }
}
