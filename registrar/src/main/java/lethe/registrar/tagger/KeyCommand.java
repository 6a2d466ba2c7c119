package lethe.registrar.tagger;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import lethe.oprf.PinnedKey;
import lethe.oprf.PublicKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code lethe tagger key}: what an operator does with the keys of a tagger. A tagger that runs goes on with the old.
 */
@Command(
        name = "key",
        mixinStandardHelpOptions = true,
        description = "Shows, adds up, adds, drops, splits and refreshes keys. Restart the tagger afterwards.",
        footer = {
            "",
            "Over two taggers, so that neither alone can undo a tag:",
            "  ./lethe tagger key split tagger.key one.key other.key      then destroy tagger.key",
            "Refreshed, so that a share that was stolen is worth nothing:",
            "  ./lethe tagger key give one.key difference      at the one",
            "  ./lethe tagger key take other.key difference    at the other; then destroy difference"
        })
public final class KeyCommand implements Runnable {
    private final RandomGenerator random = new SecureRandom();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getErr());
    }

    @Command(
            description = "Prints version and public key of each, as phones pin them.",
            mixinStandardHelpOptions = true)
    int show(@Parameters(paramLabel = "FILE") Path file) {
        return attempt(() -> print(new KeyFile(file).read()));
    }

    @Command(
            description = "Adds a key of the next version. Tags under it are others; phones change when they pin it.",
            mixinStandardHelpOptions = true)
    int add(@Parameters(paramLabel = "FILE") Path file) {
        return attempt(() -> {
            KeyFile keys = new KeyFile(file);
            Keyring more = KeyChanges.withNext(keys.read(), random)
                    .orElseThrow(() -> new IOException("there are as many keys as may be: drop one first"));
            keys.replace(more);
            print(more);
        });
    }

    @Command(description = "Drops a version, and with it every tag under it.", mixinStandardHelpOptions = true)
    int drop(@Parameters(paramLabel = "FILE") Path file, @Parameters(paramLabel = "VERSION") int version) {
        return attempt(() -> {
            KeyFile keys = new KeyFile(file);
            Keyring fewer = KeyChanges.without(keys.read(), version)
                    .orElseThrow(() -> new IOException("there is no such version, or no other"));
            keys.replace(fewer);
            print(fewer);
        });
    }

    @Command(description = "Makes two files with a share each; the tags stay.", mixinStandardHelpOptions = true)
    int split(
            @Parameters(paramLabel = "FILE") Path file,
            @Parameters(paramLabel = "ONE") Path one,
            @Parameters(paramLabel = "OTHER") Path other) {
        return attempt(() -> {
            Keyring whole = new KeyFile(file).read();
            Keyring first = KeyChanges.drawnLike(whole, random);
            new KeyFile(one).create(first);
            new KeyFile(other).create(changed(KeyChanges.minus(whole, first)));
            print(whole);
        });
    }

    @Command(
            description = "Takes a random difference from the shares and writes it to a file, for the other to take.",
            mixinStandardHelpOptions = true)
    int give(@Parameters(paramLabel = "FILE") Path file, @Parameters(paramLabel = "DIFFERENCE") Path difference) {
        return attempt(() -> {
            KeyFile keys = new KeyFile(file);
            Keyring share = keys.read();
            Keyring given = KeyChanges.drawnLike(share, random);
            new KeyFile(difference).create(given);
            keys.replace(changed(KeyChanges.minus(share, given)));
        });
    }

    @Command(description = "Adds the difference that the other gave.", mixinStandardHelpOptions = true)
    int take(@Parameters(paramLabel = "FILE") Path file, @Parameters(paramLabel = "DIFFERENCE") Path difference) {
        return attempt(() -> {
            KeyFile keys = new KeyFile(file);
            keys.replace(changed(KeyChanges.plus(keys.read(), new KeyFile(difference).read())));
        });
    }

    @Command(
            description =
                    "Prints the key that shares make together, of what was shown of each. Nobody need have had it whole.",
            mixinStandardHelpOptions = true)
    int sum(@Parameters(paramLabel = "VERSION:KEY", arity = "2..*") List<String> shown) {
        return attempt(() -> {
            List<PinnedKey> shares = shown.stream()
                    .map(PinnedKey::fromText)
                    .flatMap(Optional::stream)
                    .toList();
            boolean ofOneVersion =
                    shares.stream().map(PinnedKey::version).distinct().count() == 1;
            if (shares.size() != shown.size() || !ofOneVersion) {
                throw new IOException("a key is VERSION:KEY, and all are of one version");
            }
            PublicKey whole = PublicKey.ofShares(
                            shares.stream().map(PinnedKey::key).toList())
                    .orElseThrow(() -> new IOException("these are no shares of a key"));
            print(new PinnedKey(shares.get(0).version(), whole));
        });
    }

    private static Keyring changed(Optional<Keyring> keys) throws IOException {
        return keys.orElseThrow(() -> new IOException("the two files do not have the same versions"));
    }

    private void print(Keyring keys) {
        print(spec.commandLine().getOut(), keys);
    }

    private void print(PinnedKey key) {
        print(spec.commandLine().getOut(), key);
    }

    /** A line for each key, as phones pin it. */
    static void print(PrintWriter out, Keyring keys) {
        keys.keys().forEach((version, key) -> print(out, new PinnedKey(version, key.publicKey())));
    }

    private static void print(PrintWriter out, PinnedKey key) {
        out.println("key " + key.toText());
        out.flush();
    }

    private int attempt(Work work) {
        try {
            work.perform();
            return ExitCode.OK;
        } catch (IOException failed) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("lethe tagger key: " + failed.getMessage());
            err.flush();
            return ExitCode.SOFTWARE;
        }
    }

    private interface Work {
        void perform() throws IOException;
    }
}
