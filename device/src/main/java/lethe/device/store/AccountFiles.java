package lethe.device.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import lethe.core.account.DeviceList;
import lethe.core.ownership.Ownership;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Payloads;

/** The files {@code devices} and {@code ownership} of a phone, as they are on the wire in CBOR. */
final class AccountFiles {
    private AccountFiles() {}

    static Optional<DeviceList> readDevices(Path directory) throws IOException {
        return read(directory.resolve("devices"), DeviceList.class);
    }

    static void writeDevices(Path directory, DeviceList list) throws IOException {
        PrivateFiles.replace(directory.resolve("devices"), Payloads.encode(Encoding.CBOR, list));
    }

    static Optional<Ownership> readOwnership(Path directory) throws IOException {
        return read(directory.resolve("ownership"), Ownership.class);
    }

    static void writeOwnership(Path directory, Ownership ownership) throws IOException {
        PrivateFiles.replace(directory.resolve("ownership"), Payloads.encode(Encoding.CBOR, ownership));
    }

    private static <T extends Record> Optional<T> read(Path file, Class<T> type) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Decoded<T> decoded = Payloads.decode(Encoding.CBOR, type, Files.readAllBytes(file));
        if (decoded instanceof Decoded.Good<T> good) {
            return Optional.of(good.value());
        }
        throw new IOException("the file " + file + " cannot be read; delete it, and register anew");
    }
}
