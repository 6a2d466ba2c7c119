package lethe.device.phone;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import lethe.client.sealing.GatewayKey;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.device.DeviceRuntime;
import lethe.device.DeviceSettings;
import lethe.device.contacts.Contacts;
import lethe.device.store.FileStore;
import lethe.device.store.LedgerDamaged;
import lethe.device.store.PhoneFiles;
import lethe.wire.Encoding;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lethe phone NAME}: a phone in a terminal, or, with {@code --json}, as a process that others drive. */
@Command(
        name = "phone",
        description = "A phone in a terminal: opts in, sends, receives. Off until you agree to the policy.",
        mixinStandardHelpOptions = true,
        subcommands = {
            SignCommand.class,
            TagsCommand.class,
            ContactsCommand.class,
            RegisterCommand.class,
            LinkCommand.class,
            PassphraseCommand.class
        },
        footer = {
            "",
            "Two terminals can chat at once:",
            "  ./lethe phone alice",
            "  ./lethe phone bob          then in alice:  /to bob",
            "",
            "Exit code: 0 if you left, 1 if the phone could not work, 2 if it was asked wrongly."
        })
public final class PhoneCommand implements Callable<Integer> {
    /** How long a phone whose input ended waits for the broker to take what was typed. */
    private static final Duration LAST_WAIT = Duration.ofSeconds(10);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "NAME", description = "Which phone: its files stand in <home>/phones/NAME.")
    private String name = "";

    @Option(
            names = "--broker",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "Where the broker is. Default: ${DEFAULT-VALUE}")
    private URI broker = URI.create("http://127.0.0.1:8080");

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Where phones keep their files. Default: $LETHE_HOME, or ~/.lethe")
    private @Nullable Path home;

    @Option(names = "--yes", description = "Agree to the policy without being asked, for scripts.")
    private boolean yes;

    @Option(
            names = "--policy-key",
            paramLabel = "KEY",
            description = "The operator's public policy key: no policy is believed that it did not sign.")
    private @Nullable String policyKey;

    @Option(
            names = "--discoverable",
            description =
                    "With an opt-in, also agree to be listed: whoever has your number sees that you can be reached.")
    private boolean discoverable;

    @Option(
            names = "--sms-gateway",
            description =
                    "With an opt-in, also agree that the operator sends an SMS where a message does not get through.")
    private boolean bySms;

    @Option(
            names = "--gateway-key",
            paramLabel = "KEY",
            description = "The operator's gateway, as ./lethe gateway --make-key printed it: for /fallback gateway.")
    private @Nullable String gatewayKey;

    @Option(
            names = "--pin",
            description =
                    "With an opt-in, ask for this number's registration PIN: it spares the wait for an old phone.")
    private boolean pin;

    @Option(names = "--json", description = "Print one JSON object per event; nothing else on standard output.")
    private boolean json;

    @Option(
            names = "--wire",
            paramLabel = "cbor|json",
            defaultValue = "cbor",
            description = "How to talk to the broker.")
    private String wire = "cbor";

    @Mixin
    private PassphraseOptions passphrase = new PassphraseOptions();

    private int line = 1;
    private int count = 1;

    @Option(names = "--exit-with-parent", description = "Exit at once when standard input ends.")
    private boolean exitWithParent;

    @Option(
            names = "--line",
            paramLabel = "N",
            description = "Which of the phone's numbers, 1 to 4: each has keys and an address of its own. Default: 1")
    void line(int number) {
        line = inRange(number);
    }

    @Option(
            names = "--lines",
            paramLabel = "N",
            description = "How many numbers the phone serves at once, as one with two SIMs does; /line N chooses.")
    void lines(int number) {
        count = inRange(number);
    }

    private int inRange(int number) {
        if (number < 1 || number > FileStore.MOST_LINES) {
            throw new ParameterException(spec.commandLine(), "A phone has 1 to " + FileStore.MOST_LINES + " lines.");
        }
        return number;
    }

    Profiles profiles() {
        if (home != null) {
            return new Profiles(home);
        }
        String set = System.getenv("LETHE_HOME");
        return new Profiles(
                set == null || set.isBlank() ? Path.of(System.getProperty("user.home"), ".lethe") : Path.of(set));
    }

    URI broker() {
        return broker;
    }

    String name() {
        return name;
    }

    /** Of the number that the command line names. */
    Path directory() {
        return FileStore.line(profiles().directory(name), line);
    }

    /** To this phone's files. */
    StoreDoor door(RandomGenerator random) {
        PrintWriter err = spec.commandLine().getErr();
        return new StoreDoor(name, profiles().directory(name), passphrase, random, err);
    }

    /** The store of the number that the command line names; empty if it does not open, which has been said. */
    Optional<FileStore> open(RandomGenerator random) {
        try (StoreDoor door = door(random)) {
            return door.open(directory());
        }
    }

    /** As {@link #open}, only to read, also while it is open. */
    Optional<PhoneFiles> files() throws IOException {
        try (StoreDoor door = door(new SecureRandom())) {
            return door.files(directory());
        }
    }

    @Override
    public Integer call() {
        Optional<Encoding> encoding = Encoding.ofSubProtocol("lethe.v1." + wire);
        if (!Profiles.isName(name) || encoding.isEmpty() || broker.getHost() == null) {
            return complain(
                    "A phone's name has up to 32 letters and digits; the broker is http://HOST:PORT; the wire is"
                            + " cbor or json.",
                    ExitCode.USAGE);
        }
        DeviceSettings settings = DeviceSettings.of(broker).with(encoding.get());
        if (policyKey != null) {
            try {
                settings = settings.pinning(new DeviceKey(Opaque.fromText(policyKey)));
            } catch (IllegalArgumentException e) {
                return complain("A policy key is 32 bytes in base64url.", ExitCode.USAGE);
            }
        }
        if (gatewayKey != null) {
            Optional<GatewayKey> gateway = GatewayKey.fromText(gatewayKey);
            if (gateway.isEmpty()) {
                return complain("A gateway's key is 32 bytes in base64url.", ExitCode.USAGE);
            }
            settings = settings.sealingTo(gateway.get());
        }
        DeviceRuntime runtime = DeviceRuntime.ofThreads(1 + count);
        List<FileStore> stores = new ArrayList<>();
        try (StoreDoor door = door(runtime.random())) {
            for (int i = 0; i < count; i++) {
                Path directory =
                        count == 1 ? directory() : FileStore.line(profiles().directory(name), i + 1);
                Optional<FileStore> store = door.open(directory);
                if (store.isEmpty()) {
                    return ExitCode.SOFTWARE;
                }
                stores.add(store.get());
            }
            door.close();
            return use(stores, runtime, settings);
        } catch (UncheckedIOException | LedgerDamaged e) {
            return complain(String.valueOf(e.getMessage()), ExitCode.SOFTWARE);
        } finally {
            stores.forEach(FileStore::close);
        }
    }

    private int complain(String text, int exitCode) {
        spec.commandLine().getErr().println(text);
        spec.commandLine().getErr().flush();
        return exitCode;
    }

    private int use(List<FileStore> stores, DeviceRuntime runtime, DeviceSettings settings) {
        Optional<Console> console = Terminal.find();
        Lines lines = new Lines(System.in, console.orElse(null));
        AddressBook book =
                new AddressBook(Contacts.in(stores.get(0).files().of(profiles().directory(name))), profiles());
        PrintWriter out = new PrintWriter(spec.commandLine().getOut(), true);
        try (Switchboard switchboard = new Switchboard(screen(out, console.isPresent(), 0))) {
            for (int i = 0; i < stores.size(); i++) {
                FileStore store = stores.get(i);
                Screen screen = screen(out, console.isPresent(), stores.size() == 1 ? 0 : i + 1);
                screen.started(
                        name, store.identity().tag().toText(), store.consent().isPresent());
                DeviceRuntime own = i == 0 ? runtime : runtime.apart();
                PhoneLine opened = new PhoneLine(store, settings, own, screen, book, lines, !json, discoverable, bySms);
                switchboard.add(opened);
                begin(opened, console.isPresent());
            }
            if (switchboard.readAll(lines) && !exitWithParent) {
                switchboard.waitForCustody(runtime.clock(), LAST_WAIT);
            }
        }
        return ExitCode.OK;
    }

    private Screen screen(PrintWriter out, boolean terminal, int of) {
        return json
                ? new JsonScreen(out, of)
                : new TextScreen(out, terminal ? name + "> " : "", of == 0 ? "" : "[" + of + "] ");
    }

    private void begin(PhoneLine opened, boolean terminal) {
        if (opened.client().connect()) {
            return;
        }
        if (yes) {
            opened.optIn().perform(true, pin);
        } else if (terminal && !json && opened.optIn().wantsToRead()) {
            opened.optIn().perform(false, pin);
        }
    }
}
