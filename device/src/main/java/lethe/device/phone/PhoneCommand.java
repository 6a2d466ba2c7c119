package lethe.device.phone;

import java.io.Console;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.device.DeviceClient;
import lethe.device.DeviceRuntime;
import lethe.device.DeviceSettings;
import lethe.device.contacts.Blocked;
import lethe.device.contacts.Contacts;
import lethe.device.store.Durability;
import lethe.device.store.FileStore;
import lethe.device.store.LedgerDamaged;
import lethe.wire.Encoding;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
            LinkCommand.class
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

    @Option(names = "--json", description = "Print one JSON object per event; nothing else on standard output.")
    private boolean json;

    @Option(
            names = "--wire",
            paramLabel = "cbor|json",
            defaultValue = "cbor",
            description = "How to talk to the broker.")
    private String wire = "cbor";

    @Option(names = "--exit-with-parent", description = "Exit at once when standard input ends.")
    private boolean exitWithParent;

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
        DeviceRuntime runtime = DeviceRuntime.ofThreads(2);
        try {
            Optional<FileStore> store = FileStore.open(profiles().directory(name), Durability.POWER, runtime.random());
            return store.isPresent()
                    ? use(store.get(), runtime, settings)
                    : complain("The phone " + name + " is in use in another terminal.", ExitCode.SOFTWARE);
        } catch (UncheckedIOException | LedgerDamaged e) {
            return complain(String.valueOf(e.getMessage()), ExitCode.SOFTWARE);
        }
    }

    private int complain(String text, int exitCode) {
        spec.commandLine().getErr().println(text);
        spec.commandLine().getErr().flush();
        return exitCode;
    }

    private int use(FileStore store, DeviceRuntime runtime, DeviceSettings settings) {
        Optional<Console> console = Terminal.find();
        Screen screen = screen(console.isPresent());
        AddressBook book = new AddressBook(Contacts.in(store.directory()), profiles());
        Lines lines = new Lines(System.in, console.orElse(null));
        screen.started(name, store.identity().tag().toText(), store.consent().isPresent());
        Renewal renewal = new Renewal(screen, !json);
        Blocked blocked = Blocked.in(store.directory());
        Application application = new Application(screen, book, blocked, renewal);
        try (DeviceClient client = new DeviceClient(settings, runtime, store, new TerminalModem(screen), application)) {
            OptIn optIn = new OptIn(client, screen, lines, discoverable);
            begin(client, optIn, console.isPresent());
            SenderCommands senders = new SenderCommands(client, screen, book, blocked, application);
            Chat chat = new Chat(client, screen, book, lines, optIn, senders, renewal, runtime.clock());
            if (readAll(lines, chat) && !exitWithParent) {
                waitForCustody(client, runtime);
            }
        }
        return ExitCode.OK;
    }

    private Screen screen(boolean terminal) {
        PrintWriter out = new PrintWriter(spec.commandLine().getOut(), true);
        return json ? new JsonScreen(out) : new TextScreen(out, terminal ? name + "> " : "");
    }

    private void begin(DeviceClient client, OptIn optIn, boolean terminal) {
        if (client.connect()) {
            return;
        }
        if (yes) {
            optIn.perform(true);
        } else if (terminal && !json && optIn.wantsToRead()) {
            optIn.perform(false);
        }
    }

    /** Returns whether the input ended; if not, the owner left. */
    private static boolean readAll(Lines lines, Chat chat) {
        Optional<String> line = lines.next();
        while (line.isPresent()) {
            if (!chat.line(line.get())) {
                return false;
            }
            line = lines.next();
        }
        return true;
    }

    private static void waitForCustody(DeviceClient client, DeviceRuntime runtime) {
        Instant end = runtime.clock().instant().plus(LAST_WAIT);
        while (runtime.clock().instant().isBefore(end)
                && client.unresolved().toCompletableFuture().join() > 0) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
