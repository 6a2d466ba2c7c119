package lethe.device.phone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import lethe.client.tagging.TagAnswer;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.Tag;
import lethe.device.store.PhoneFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * {@code lethe phone NAME tags}: asks taggers for the tags of numbers. Numbers come on standard input, because
 * arguments are shown to everybody on the machine and kept by the shell.
 */
@Command(
        name = "tags",
        description = "Reads numbers (E.164), one a line, and prints their tags, one a line.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit code: 0 if all tags are proven, 1 if a tagger refuses or is away, 2 if asked wrongly, 3 if an answer is",
            "not to be believed.",
            "  ./lethe phone alice tags --pinned 1:KEY --tagger http://127.0.0.1:8090 <numbers"
        })
public final class TagsCommand implements Callable<Integer> {
    private static final int NOT_BELIEVED = 3;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private PhoneCommand phone = new PhoneCommand();

    @Mixin
    private TaggerOptions taggers = new TaggerOptions();

    @Override
    public Integer call() {
        Optional<String> fault = taggers.fault();
        if (fault.isPresent()) {
            return complain(fault.get(), ExitCode.USAGE);
        }
        if (!Profiles.isName(phone.name())) {
            return complain("A phone's name has up to 32 letters and digits.", ExitCode.USAGE);
        }
        try {
            Optional<PhoneFiles> files = phone.files();
            return files.isEmpty() ? ExitCode.SOFTWARE : ask(files.get());
        } catch (IOException | UncheckedIOException unusable) {
            return complain(String.valueOf(unusable.getMessage()), ExitCode.SOFTWARE);
        }
    }

    private int ask(PhoneFiles files) throws IOException {
        List<PlainIdentifier> numbers = new ArrayList<>();
        Lines lines = new Lines(System.in, null);
        for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
            Optional<PlainIdentifier> number = TaggerOptions.number(line.get().strip());
            if (number.isEmpty()) {
                return complain("Line " + (numbers.size() + 1) + " is no number such as +14155550100.", ExitCode.USAGE);
            }
            numbers.add(number.get());
        }
        return told(taggers.ask(numbers, files));
    }

    private int told(TagAnswer answer) {
        if (answer instanceof TagAnswer.Tags good) {
            good.tags().stream().map(Tag::toText).forEach(spec.commandLine().getOut()::println);
            spec.commandLine().getOut().flush();
            return ExitCode.OK;
        }
        return complain(
                TaggerOptions.why(answer), answer instanceof TagAnswer.NotBelieved ? NOT_BELIEVED : ExitCode.SOFTWARE);
    }

    private int complain(String text, int exitCode) {
        spec.commandLine().getErr().println(text);
        spec.commandLine().getErr().flush();
        return exitCode;
    }
}
