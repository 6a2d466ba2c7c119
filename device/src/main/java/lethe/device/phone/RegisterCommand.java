package lethe.device.phone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import lethe.client.http.Answer;
import lethe.client.http.VerifierHttp;
import lethe.client.sealing.PinnedVerifier;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.SessionId;
import lethe.core.ownership.Ownership;
import lethe.core.protocol.Alternative;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.protocol.VerifierBodies.Registration;
import lethe.core.protocol.VerifierBodies.TextToSend;
import lethe.device.DeviceRuntime;
import lethe.device.registration.PermitFile;
import lethe.device.registration.Proof;
import lethe.device.registration.RegistrationClient;
import lethe.device.store.FileStore;
import lethe.device.store.LedgerDamaged;
import lethe.wire.Encoding;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * {@code lethe phone NAME register}: proves a number to a verifier. Number and code come on standard input, because
 * arguments are shown to everybody on the machine and kept by the shell.
 */
@Command(
        name = "register",
        description = "Reads a number (E.164), has a code sent to it, reads the code, and prints the number's tag.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The number's tag is the phone's address from then on, and the verifier's signed statement is shown to the",
            "broker when its owner opts in: within ten minutes. What taggers are shown is kept in the file 'permit'.",
            "A phone that has opted in at another address opts out there first.",
            "Exit code: 0 if the number is proven, 1 if the phone cannot take it, or the verifier refuses or is away,",
            "2 if asked wrongly, 3 if the answer is not to be believed.",
            "  ./lethe phone alice register --verifier-key KEY --verifier http://127.0.0.1:8091"
        })
public final class RegisterCommand implements Callable<Integer> {
    private static final int NOT_BELIEVED = 3;
    private static final String ELSEWHERE =
            "This phone is in use at another address: /optout there, then register again.";
    private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(2);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private PhoneCommand phone = new PhoneCommand();

    @Option(names = "--verifier", paramLabel = "URL", required = true, description = "The verifier.")
    private URI verifier = URI.create("http://127.0.0.1:8091");

    @Option(
            names = "--verifier-key",
            paramLabel = "KEY",
            required = true,
            description = "Its public keys, as ./lethe verifier --make-key printed them.")
    private String key = "";

    @Mixin
    private TrustOptions trust = new TrustOptions();

    @Option(
            names = "--by-text",
            description = "Instead of reading a code, show a text to send from that number, and wait for it to arrive.")
    private boolean byText;

    @Override
    public Integer call() {
        Optional<PinnedVerifier> pinned = PinnedVerifier.fromText(key);
        Optional<HttpClient> http = trust.http();
        if (pinned.isEmpty() || http.isEmpty() || verifier.getHost() == null || !Profiles.isName(phone.name())) {
            return complain(
                    "A verifier is http://HOST:PORT or https://HOST:PORT with a key as it printed it; a phone's name has"
                            + " up to 32 letters and digits.",
                    ExitCode.USAGE);
        }
        DeviceRuntime runtime = DeviceRuntime.ofThreads(1);
        try (FileStore store = phone.open(runtime.random()).orElse(null)) {
            if (store == null) {
                return ExitCode.SOFTWARE;
            }
            VerifierHttp asked = new VerifierHttp(http.get(), verifier, Encoding.CBOR);
            Optional<DeviceKey> account = store.identity().account();
            if (account.isEmpty()) {
                return complain(
                        "This phone belongs to the account of another one, which registers.", ExitCode.SOFTWARE);
            }
            if (store.consent().isPresent() && store.ownership().isEmpty()) {
                return complain(ELSEWHERE, ExitCode.SOFTWARE);
            }
            RegistrationClient client =
                    new RegistrationClient(pinned.get(), asked, account.get(), runtime.random(), runtime.clock());
            return register(client, store);
        } catch (IOException | UncheckedIOException | LedgerDamaged unusable) {
            return complain(String.valueOf(unusable.getMessage()), ExitCode.SOFTWARE);
        }
    }

    private int register(RegistrationClient client, FileStore store) throws IOException {
        Lines lines = new Lines(System.in, null);
        ask("Number, for example +14155550100:");
        Optional<PlainIdentifier> number = number(lines.next().orElse("").strip());
        if (number.isEmpty()) {
            return complain("That is no number such as +14155550100.", ExitCode.USAGE);
        }
        Answer<Registration> opened =
                client.open(number.get()).toCompletableFuture().join();
        number.get().wipe();
        if (!(opened instanceof Answer.Good<Registration> good)) {
            return refused(opened);
        }
        if (byText) {
            return awaitText(client, good.value(), store);
        }
        Answer<Registration> sent =
                client.requestCode(good.value().id()).toCompletableFuture().join();
        return sent instanceof Answer.Good<Registration> under
                ? submit(client, under.value().id(), lines, store)
                : refused(sent);
    }

    private int awaitText(RegistrationClient client, Registration opened, FileStore store) throws IOException {
        TextToSend text = opened.text();
        if (text == null) {
            return complain("This verifier takes no texts: register without --by-text.", ExitCode.SOFTWARE);
        }
        ask("Send this from that number within " + opened.ends().toMinutes() + " minutes, to " + text.to() + ":");
        ask("  " + text.text());
        Proof proof = client.awaitText(opened, BETWEEN_QUESTIONS)
                .toCompletableFuture()
                .join();
        return proof instanceof Proof.Given given ? keep(given, store) : failed(proof);
    }

    private int submit(RegistrationClient client, SessionId session, Lines lines, FileStore store) throws IOException {
        while (true) {
            ask("Code, six digits:");
            Optional<String> code = lines.next().map(String::strip);
            if (code.isEmpty() || !code.get().matches("[0-9]{6}")) {
                return complain("That is no code of six digits.", ExitCode.USAGE);
            }
            Proof proof =
                    client.submit(session, code.get()).toCompletableFuture().join();
            if (proof instanceof Proof.Given given) {
                return keep(given, store);
            }
            if (!(proof instanceof Proof.Refused refused) || refused.problem().type() != ProblemType.WRONG_CODE) {
                return failed(proof);
            }
            ask(text(refused.problem()));
        }
    }

    private int failed(Proof proof) {
        if (proof instanceof Proof.NotBelieved doubtful) {
            return complain("The answer is not to be believed: " + doubtful.reason() + ".", NOT_BELIEVED);
        }
        return complain(
                proof instanceof Proof.Refused refused ? text(refused.problem()) : ((Proof.Unreachable) proof).why(),
                ExitCode.SOFTWARE);
    }

    private int keep(Proof.Given given, FileStore store) throws IOException {
        Ownership ownership = given.ownership();
        if (!store.proven(ownership)) {
            return complain(ELSEWHERE, ExitCode.SOFTWARE);
        }
        PermitFile.write(store.files(), given.permit());
        spec.commandLine().getOut().println(ownership.tag().toText());
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }

    private static Optional<PlainIdentifier> number(String text) {
        try {
            return Optional.of(PlainIdentifier.of(PlainIdentifier.Kind.NUMBER, text));
        } catch (IllegalArgumentException otherForm) {
            return Optional.empty();
        }
    }

    private int refused(Answer<?> answer) {
        return complain(
                answer instanceof Answer.Refused<?> refused
                        ? text(refused.problem())
                        : ((Answer.Unreachable<?>) answer).why(),
                ExitCode.SOFTWARE);
    }

    private static String text(Problem problem) {
        Duration wait = problem.retryAfter();
        String when = wait == null ? "" : " Try again in " + Math.max(1, wait.toSeconds()) + " s.";
        String others = problem.alternatives().stream().map(Alternative::word).collect(Collectors.joining(", "));
        return problem.type().title() + when + (others.isEmpty() ? "" : " What you can do: " + others + ".");
    }

    private void ask(String text) {
        spec.commandLine().getErr().println(text);
        spec.commandLine().getErr().flush();
    }

    private int complain(String text, int exitCode) {
        ask(text);
        return exitCode;
    }
}
