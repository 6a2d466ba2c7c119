package lethe.device.phone;

import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import lethe.core.identity.Tag;
import lethe.device.DeviceRuntime;
import lethe.device.store.FileStore;
import lethe.device.store.LedgerDamaged;
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
            "  ./lethe phone tablet link                 prints CODE",
            "  ./lethe phone alice                       /link CODE, prints ADDRESS",
            "  ./lethe phone tablet link --to ADDRESS    then ./lethe phone tablet, and opt in",
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
            paramLabel = "ADDRESS",
            description = "The account's address, as the other device showed it.")
    private @Nullable String address;

    @Override
    public Integer call() {
        Optional<Tag> theirs = address == null ? Optional.empty() : tag(address);
        if (!Profiles.isName(phone.name()) || (address != null && theirs.isEmpty())) {
            return complain(
                    "A phone's name has up to 32 letters and digits; an address is 43 characters.", ExitCode.USAGE);
        }
        DeviceRuntime runtime = DeviceRuntime.ofThreads(1);
        try (FileStore store = phone.open(runtime.random()).orElse(null)) {
            if (store == null) {
                return ExitCode.SOFTWARE;
            }
            if (theirs.isPresent() && !store.linked(theirs.get())) {
                return complain("This phone has opted in by itself: /optout first.", ExitCode.SOFTWARE);
            }
            spec.commandLine().getOut().println(LinkCode.of(store.identity().listed()));
            spec.commandLine().getOut().flush();
            return ExitCode.OK;
        } catch (UncheckedIOException | LedgerDamaged unusable) {
            return complain(String.valueOf(unusable.getMessage()), ExitCode.SOFTWARE);
        }
    }

    private static Optional<Tag> tag(String text) {
        try {
            return Optional.of(Tag.fromText(text));
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    private int complain(String text, int exitCode) {
        spec.commandLine().getErr().println(text);
        spec.commandLine().getErr().flush();
        return exitCode;
    }
}
