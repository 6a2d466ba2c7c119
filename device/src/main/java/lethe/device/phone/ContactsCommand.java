package lethe.device.phone;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import lethe.client.tagging.TagAnswer;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.Tag;
import lethe.core.lookup.KnownTags;
import lethe.core.lookup.ListedTag;
import lethe.device.lookup.KeptSets;
import lethe.device.lookup.Lookup;
import lethe.device.lookup.LookupClient;
import lethe.device.store.PhoneFiles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * {@code lethe phone NAME contacts}: finds out which numbers can be reached, by itself. Numbers come on standard input
 * or in a file, because arguments are shown to everybody on the machine and kept by the shell.
 */
@Command(
        name = "contacts",
        description =
                "Reads numbers (E.164), one a line, and prints those that are listed, each with its tag. The broker"
                        + " hears of no number, and not of what was found.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "What the broker publishes is kept in the phone's directory 'listed', and fetched only if it is new.",
            "Exit code: 0 if it was found out, 1 if a tagger or the broker refuses or is away, 2 if asked wrongly, 3 if",
            "an answer is not to be believed.",
            "  ./lethe phone --broker http://127.0.0.1:8080 alice contacts --lookup-key KEY \\",
            "      --pinned 1:KEY --tagger http://127.0.0.1:8090 <numbers"
        })
public final class ContactsCommand implements Callable<Integer> {
    private static final int NOT_BELIEVED = 3;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private PhoneCommand phone = new PhoneCommand();

    @Mixin
    private TaggerOptions taggers = new TaggerOptions();

    @Option(
            names = "--lookup-key",
            paramLabel = "KEY",
            required = true,
            description = "The installation's public key, as ./lethe admin lookup-key printed it.")
    private String lookupKey = "";

    @Option(names = "--file", paramLabel = "FILE", description = "Where the numbers are. Default: standard input")
    private @Nullable Path file;

    @Override
    public Integer call() {
        Optional<DeviceKey> pinned = key(lookupKey);
        Optional<String> fault = taggers.fault();
        if (fault.isPresent()) {
            return complain(fault.get(), ExitCode.USAGE);
        }
        if (pinned.isEmpty() || phone.broker().getHost() == null || !Profiles.isName(phone.name())) {
            return complain(
                    "A lookup key has 43 characters; the broker is http://HOST:PORT; a phone's name has up to 32 letters"
                            + " and digits.",
                    ExitCode.USAGE);
        }
        try (InputStream in = file == null ? System.in : Files.newInputStream(file)) {
            Optional<PhoneFiles> files = phone.files();
            return files.isEmpty() ? ExitCode.SOFTWARE : read(new Lines(in, null), pinned.get(), files.get());
        } catch (IOException | UncheckedIOException unusable) {
            return complain("What is needed cannot be read or kept: " + unusable.getMessage(), ExitCode.SOFTWARE);
        }
    }

    private static Optional<DeviceKey> key(String text) {
        try {
            return Optional.of(new DeviceKey(Opaque.fromText(text)));
        } catch (IllegalArgumentException otherForm) {
            return Optional.empty();
        }
    }

    private int read(Lines lines, DeviceKey pinned, PhoneFiles files) throws IOException {
        List<String> typed = new ArrayList<>();
        List<PlainIdentifier> numbers = new ArrayList<>();
        for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
            String text = line.get().strip();
            Optional<PlainIdentifier> number = TaggerOptions.number(text);
            if (number.isEmpty()) {
                return complain("Line " + (numbers.size() + 1) + " is no number such as +14155550100.", ExitCode.USAGE);
            }
            typed.add(text);
            numbers.add(number.get());
        }
        KeptSets kept = KeptSets.in(phone.profiles().directory(phone.name()).resolve("listed"));
        Lookup lookup = new LookupClient(taggers.http().orElseThrow(), phone.broker(), pinned, kept, Clock.systemUTC())
                .refresh();
        if (!(lookup instanceof Lookup.Known known)) {
            return complain(why(lookup), lookup instanceof Lookup.NotBelieved ? NOT_BELIEVED : ExitCode.SOFTWARE);
        }
        TagAnswer answer = taggers.ask(numbers, files);
        if (!(answer instanceof TagAnswer.Tags good)) {
            return complain(
                    TaggerOptions.why(answer),
                    answer instanceof TagAnswer.NotBelieved ? NOT_BELIEVED : ExitCode.SOFTWARE);
        }
        show(typed, good.tags(), known.tags());
        return ExitCode.OK;
    }

    private void show(List<String> numbers, List<Tag> tags, KnownTags known) {
        Set<ListedTag> listed = known.among(tags.stream().map(ListedTag::of).toList());
        for (int i = 0; i < tags.size(); i++) {
            if (listed.contains(ListedTag.of(tags.get(i)))) {
                spec.commandLine()
                        .getOut()
                        .println(numbers.get(i) + " " + tags.get(i).toText());
            }
        }
        spec.commandLine().getOut().flush();
        if (listed.isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println("None of " + numbers.size()
                            + " is listed. Who agrees to it is listed from the next hour on.");
            spec.commandLine().getErr().flush();
        }
    }

    private static String why(Lookup lookup) {
        if (lookup instanceof Lookup.NotBelieved doubtful) {
            return "What is published is not to be believed: " + doubtful.fault() + ".";
        }
        return lookup instanceof Lookup.Refused refused
                ? refused.problem().type().title()
                : ((Lookup.Unreachable) lookup).why();
    }

    private int complain(String text, int exitCode) {
        spec.commandLine().getErr().println(text);
        spec.commandLine().getErr().flush();
        return exitCode;
    }
}
