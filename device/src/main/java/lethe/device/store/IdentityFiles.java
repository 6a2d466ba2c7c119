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

/** The files {@code key} and {@code address} of a phone. {@code address} is written last: it says that all is there. */
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
        try {
            return Optional.of(Identity.of(
                    DeviceId.fromText(lines.get(0)),
                    tag.get(),
                    Opaque.fromText(lines.get(1)),
                    Opaque.fromText(lines.get(2))));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("the file " + key + " holds no device key");
        }
    }

    private static void write(Path directory, Identity identity) throws IOException {
        String lines = identity.device().toText() + "\n" + identity.pkcs8().toText() + "\n"
                + identity.x509().toText() + "\n";
        PrivateFiles.replace(directory.resolve("key"), lines.getBytes(StandardCharsets.US_ASCII));
        String address = identity.tag().toText() + "\n";
        PrivateFiles.replace(directory.resolve("address"), address.getBytes(StandardCharsets.US_ASCII));
    }
}
