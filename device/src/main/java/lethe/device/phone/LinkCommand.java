package lethe.device.phone;

import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import lethe.device.DeviceRuntime;
import lethe.device.store.FileStore;
import lethe.device.store.LedgerDamaged;
import lethe.device.trust.LinkedAccount;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code lethe phone NAME link}: makes this phone a further device of somebody's account. */
@Command(
        name = "link",
        description = "Shows this phone's code, and with --to becomes a device of the account that has taken it.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "  ./lethe phone tablet link                  prints CODE",
            "  ./lethe phone alice                        /link CODE, prints ADDRESS.KEY",
            "  ./lethe phone tablet link --to ADDRESS.KEY then ./lethe phone tablet, and opt in",
            "",
            "Carry both words from screen to screen: the broker is not to be asked for either.",
            "",
            "Exit code: 0 if done, 1 if the phone could not, 2 if asked wrongly."
        })
public final class LinkCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private PhoneCommand phone = new PhoneCommand();

    @Option(
            names = "--to",
            paramLabel = "ADDRESS.KEY",
            description = "The account's address and public key, as the other device showed them.")
    private @Nullable String account;

    @Override
    public Integer call() {
        Optional<AccountCode> theirs = account == null ? Optional.empty() : AccountCode.parse(account);
        if (account != null && theirs.isEmpty()) {
            return complain(
                    AccountCode.isWithoutKey(account)
                            ? "That is an address without the account's key: with it alone a broker could make this"
                                    + " phone another account's. Give ADDRESS.KEY, as /link shows it on the other device."
                            : "ADDRESS.KEY is two words of 43 characters with a point between them, as /link shows them.",
                    ExitCode.USAGE);
        }
        if (!Profiles.isName(phone.name())) {
            return complain("A phone's name has up to 32 letters and digits.", ExitCode.USAGE);
        }
        DeviceRuntime runtime = DeviceRuntime.ofThreads(1);
        try (FileStore store = phone.open(runtime.random()).orElse(null)) {
            if (store == null) {
                return ExitCode.SOFTWARE;
            }
            if (theirs.isPresent() && !link(store, theirs.get())) {
                return complain("This phone has opted in by itself: /optout first.", ExitCode.SOFTWARE);
            }
            spec.commandLine().getOut().println(LinkCode.of(store.identity().listed()));
            spec.commandLine().getOut().flush();
            return ExitCode.OK;
        } catch (UncheckedIOException | LedgerDamaged unusable) {
            return complain(String.valueOf(unusable.getMessage()), ExitCode.SOFTWARE);
        }
    }

    /** The key first: a phone that dies in between is no device of an account that it could not tell from another. */
    private static boolean link(FileStore store, AccountCode theirs) {
        if (store.consent().isPresent()) {
            return false;
        }
        LinkedAccount.keep(store, theirs.account());
        return store.linked(theirs.address());
    }

    private int complain(String text, int exitCode) {
        spec.commandLine().getErr().println(text);
        spec.commandLine().getErr().flush();
        return exitCode;
    }
}
