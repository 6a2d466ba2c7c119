package lethe.device.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import lethe.core.identity.DeviceId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;

/**
 * The files {@code key}, {@code account} and {@code address} of a phone. {@code address} is written last: it says that
 * all is there. A phone that was added to somebody's account has no {@code account}.
 */
final class IdentityFiles {
    private static final String KEY = "key";
    private static final String ACCOUNT = "account";
    private static final String ADDRESS = "address";

    private IdentityFiles() {}

    static Identity readOrDraw(PhoneFiles files) throws IOException {
        Optional<Identity> stored = read(files);
        if (stored.isPresent()) {
            return stored.get();
        }
        Identity drawn = Identity.draw(files.random());
        write(files, drawn);
        return drawn;
    }

    static Optional<Tag> readAddress(PhoneFiles files) throws IOException {
        Optional<String> text = files.readText(ADDRESS);
        try {
            return text.map(String::strip).map(Tag::fromText);
        } catch (IllegalArgumentException e) {
            throw new IOException("the file " + files.path(ADDRESS) + " is no address");
        }
    }

    static Optional<Identity> read(PhoneFiles files) throws IOException {
        Optional<Tag> tag = readAddress(files);
        if (tag.isEmpty()) {
            return Optional.empty();
        }
        List<String> lines = files.readText(KEY).orElse("").lines().toList();
        Optional<String> account = files.readText(ACCOUNT);
        return Optional.of(new Identity(
                device(files.path(KEY), lines),
                tag.get(),
                keys(files.path(KEY), lines, 1),
                account.isPresent()
                        ? keys(files.path(ACCOUNT), account.get().lines().toList(), 0)
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
    static void write(PhoneFiles files, Identity identity) throws IOException {
        files.replaceText(KEY, identity.device().toText() + "\n" + lines(identity.deviceKeys()));
        Optional<SigningKey> accountKeys = identity.accountKeys();
        if (accountKeys.isPresent()) {
            files.replaceText(ACCOUNT, lines(accountKeys.get()));
        }
        files.replaceText(ADDRESS, identity.tag().toText() + "\n");
        if (accountKeys.isEmpty()) {
            files.delete(ACCOUNT);
        }
    }

    private static String lines(SigningKey keys) {
        return keys.pkcs8().toText() + "\n" + keys.x509().toText() + "\n";
    }
}
