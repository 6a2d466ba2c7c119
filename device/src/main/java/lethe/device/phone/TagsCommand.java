package lethe.device.phone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import lethe.client.http.TaggerHttp;
import lethe.client.permit.HeldPermit;
import lethe.client.tagging.TagAnswer;
import lethe.client.tagging.TagClient;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.Tag;
import lethe.core.protocol.Problem;
import lethe.device.DeviceRuntime;
import lethe.device.registration.PermitFile;
import lethe.oprf.PinnedKey;
import lethe.wire.Encoding;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * {@code lethe phone NAME tags}: asks taggers for the tags of numbers. Numbers come on standard input, because
 * arguments are shown to everybody on the machine and kept by the shell.
 */
@Command(
        name = "tags",
        description =
                "Reads numbers (E.164), one a line, and prints their tags, one a line. Shows the phone's permit, if it"
                        + " has registered.",
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

    @Option(
            names = "--tagger",
            paramLabel = "URL",
            required = true,
            description = "A tagger; twice, if the key is split over two.")
    private List<URI> taggers = List.of();

    @Option(
            names = "--pinned",
            paramLabel = "VERSION:KEY",
            required = true,
            description = "The public key, as ./lethe tagger --make-key printed it.")
    private String pinned = "";

    @Mixin
    private TrustOptions trust = new TrustOptions();

    @Override
    public Integer call() {
        Optional<PinnedKey> key = PinnedKey.fromText(pinned);
        if (key.isEmpty() || taggers.stream().anyMatch(tagger -> tagger.getHost() == null)) {
            return complain("A tagger is http://HOST:PORT or https://HOST:PORT; a key is VERSION:KEY.", ExitCode.USAGE);
        }
        Optional<HttpClient> http = trust.http();
        if (http.isEmpty()) {
            return complain("The file of authorities does not hold certificates.", ExitCode.USAGE);
        }
        List<PlainIdentifier> numbers = new ArrayList<>();
        Lines lines = new Lines(System.in, null);
        for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
            Optional<PlainIdentifier> number = number(line.get().strip());
            if (number.isEmpty()) {
                return complain("Line " + (numbers.size() + 1) + " is no number such as +14155550100.", ExitCode.USAGE);
            }
            numbers.add(number.get());
        }
        try {
            Optional<HeldPermit> permit = Profiles.isName(phone.name())
                    ? PermitFile.read(phone.profiles().directory(phone.name()))
                    : Optional.empty();
            return ask(key.get(), http.get(), permit, numbers);
        } catch (IOException unusable) {
            return complain(String.valueOf(unusable.getMessage()), ExitCode.SOFTWARE);
        }
    }

    private static Optional<PlainIdentifier> number(String text) {
        try {
            return Optional.of(PlainIdentifier.of(PlainIdentifier.Kind.NUMBER, text));
        } catch (IllegalArgumentException otherForm) {
            return Optional.empty();
        }
    }

    private int ask(PinnedKey key, HttpClient http, Optional<HeldPermit> permit, List<PlainIdentifier> numbers) {
        DeviceRuntime runtime = DeviceRuntime.ofThreads(1);
        List<TaggerHttp> asked = taggers.stream()
                .map(tagger -> new TaggerHttp(http, tagger, Encoding.CBOR))
                .toList();
        TagClient client = new TagClient(key, asked, runtime.executor(), runtime.random());
        TagAnswer answer = permit.map(held -> client.showing(held, runtime.clock()))
                .orElse(client)
                .tags(numbers)
                .toCompletableFuture()
                .join();
        if (answer instanceof TagAnswer.Tags good) {
            good.tags().stream().map(Tag::toText).forEach(spec.commandLine().getOut()::println);
            spec.commandLine().getOut().flush();
            return ExitCode.OK;
        }
        if (answer instanceof TagAnswer.NotBelieved doubtful) {
            return complain("The answer is not to be believed: " + doubtful.fault() + ".", NOT_BELIEVED);
        }
        return complain(
                answer instanceof TagAnswer.Refused refused
                        ? text(refused.problem())
                        : ((TagAnswer.Unreachable) answer).why(),
                ExitCode.SOFTWARE);
    }

    private static String text(Problem problem) {
        String title = problem.type().title();
        Duration wait = problem.retryAfter();
        String when = wait == null ? "" : " Try again in " + Math.max(1, wait.toSeconds()) + " s.";
        return problem.detail() == null ? title + when : title + when + " (" + problem.detail() + ")";
    }

    private int complain(String text, int exitCode) {
        spec.commandLine().getErr().println(text);
        spec.commandLine().getErr().flush();
        return exitCode;
    }
}
