package lethe.device.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import lethe.core.identity.DeviceId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;

/**
 * The files {@code key}, {@code account} and {@code address} of a phone. {@code address} is written last: it says that
 * all is there. A phone that was added to somebody's account has no {@code account}.
 */
final class IdentityFiles {
    private IdentityFiles() {}

    static Identity readOrDraw(Path directory, RandomGenerator random) throws IOException {
        Optional<Identity> stored = read(directory);
        if (stored.isPresent()) {
            return stored.get();
        }
        Identity drawn = Identity.draw(random);
        write(directory, drawn);
        return drawn;
    }

    static Optional<Tag> readAddress(Path directory) throws IOException {
        Path address = directory.resolve("address");
        if (!Files.exists(address)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Tag.fromText(
                    Files.readString(address, StandardCharsets.US_ASCII).strip()));
        } catch (IllegalArgumentException e) {
            throw new IOException("the file " + address + " is no address");
        }
    }

    static Optional<Identity> read(Path directory) throws IOException {
        Optional<Tag> tag = readAddress(directory);
        if (tag.isEmpty()) {
            return Optional.empty();
        }
        Path key = directory.resolve("key");
        List<String> lines = Files.readAllLines(key, StandardCharsets.US_ASCII);
        Path account = directory.resolve("account");
        return Optional.of(new Identity(
                device(key, lines),
                tag.get(),
                keys(key, lines, 1),
                Files.exists(account)
                        ? keys(account, Files.readAllLines(account, StandardCharsets.US_ASCII), 0)
                        : null));
    }

    private static DeviceId device(Path file, List<String> lines) throws IOException {
        try {
            return DeviceId.fromText(lines.get(0));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("the file " + file + " holds no device");
        }
    }

    private static SigningKey keys(Path file, List<String> lines, int from) throws IOException {
        try {
            return SigningKey.of(Opaque.fromText(lines.get(from)), Opaque.fromText(lines.get(from + 1)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("the file " + file + " holds no key");
        }
    }

    /**
     * Writes who the phone is. The account's key is given up last: no crash leaves an address of its own without it.
     */
    static void write(Path directory, Identity identity) throws IOException {
        String key = identity.device().toText() + "\n" + lines(identity.deviceKeys());
        PrivateFiles.replace(directory.resolve("key"), key.getBytes(StandardCharsets.US_ASCII));
        Path account = directory.resolve("account");
        Optional<SigningKey> accountKeys = identity.accountKeys();
        if (accountKeys.isPresent()) {
            PrivateFiles.replace(account, lines(accountKeys.get()).getBytes(StandardCharsets.US_ASCII));
        }
        String address = identity.tag().toText() + "\n";
        PrivateFiles.replace(directory.resolve("address"), address.getBytes(StandardCharsets.US_ASCII));
        if (accountKeys.isEmpty()) {
            PrivateFiles.delete(account);
        }
    }

    private static String lines(SigningKey keys) {
        return keys.pkcs8().toText() + "\n" + keys.x509().toText() + "\n";
    }
}
