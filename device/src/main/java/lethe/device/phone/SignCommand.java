package lethe.device.phone;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.device.contacts.Contacts;
import lethe.device.http.RequestSigner;
import lethe.device.store.FileStore;
import lethe.device.store.Identity;
import lethe.device.store.PhoneFiles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code lethe phone NAME sign METHOD PATH}: signs one HTTP request as that phone, for curl to send. */
@Command(
        name = "sign",
        description = "Signs one HTTP request as this phone (RFC 9421) and prints it as configuration for curl.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Send it within 60 seconds, once:",
            "  ./lethe phone alice sign GET /v1/inbox | curl -K - http://127.0.0.1:8080/v1/inbox"
        })
public final class SignCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private PhoneCommand phone = new PhoneCommand();

    @Parameters(index = "0", paramLabel = "METHOD", description = "GET, PUT, POST or DELETE.")
    private String method = "";

    @Parameters(index = "1", paramLabel = "PATH", description = "For example /v1/inbox; a query is not signed.")
    private String path = "";

    @Option(names = "--to", paramLabel = "NAME|ADDRESS", description = "The recipient, if the request has one.")
    private @Nullable String to;

    @Option(names = "--body", paramLabel = "FILE", description = "The body: JSON, or CBOR if the name ends in .cbor.")
    private @Nullable Path body;

    @Override
    public Integer call() {
        try {
            Optional<PhoneFiles> files = Profiles.isName(phone.name()) ? phone.files() : Optional.empty();
            if (files.isEmpty()) {
                return Profiles.isName(phone.name()) ? ExitCode.SOFTWARE : nobody();
            }
            return sign(files.get());
        } catch (IOException | UncheckedIOException unusable) {
            complain(String.valueOf(unusable.getMessage()));
            return ExitCode.SOFTWARE;
        }
    }

    private int sign(PhoneFiles files) throws IOException {
        Optional<Identity> identity = FileStore.identityIn(files);
        if (identity.isEmpty()) {
            return nobody();
        }
        Optional<Tag> recipient =
                to == null ? Optional.empty() : new AddressBook(Contacts.in(files), phone.profiles()).find(to);
        if (to != null && recipient.isEmpty()) {
            return complain("Nobody here is called that, and it is no address.");
        }
        print(identity.get(), recipient.orElse(null));
        return ExitCode.OK;
    }

    private int nobody() {
        return complain("There is no phone " + phone.name() + " yet: run ./lethe phone " + phone.name());
    }

    private int complain(String text) {
        spec.commandLine().getErr().println(text);
        return ExitCode.USAGE;
    }

    private void print(Identity identity, @Nullable Tag recipient) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        String upper = method.toUpperCase(Locale.ROOT);
        String bare = path.split("\\?", 2)[0];
        Opaque content = body == null ? Opaque.empty() : Opaque.wrap(Files.readAllBytes(body));
        out.println("request = \"" + upper + "\"");
        new RequestSigner(identity, Clock.systemUTC(), new SecureRandom())
                .headers(upper, bare, recipient, content)
                .forEach((name, value) -> out.println(header(name, value)));
        if (body != null) {
            boolean cbor = String.valueOf(body.getFileName()).endsWith(".cbor");
            out.println(header("Content-Type", cbor ? "application/cbor" : "application/json"));
            out.println("data-binary = \"@" + quoted(body.toString()) + "\"");
        }
        out.flush();
    }

    private static String header(String name, String value) {
        return "header = \"" + name + ": " + quoted(value) + "\"";
    }

    private static String quoted(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
