package lethe.device.store;

import java.io.IOException;
import java.util.Optional;
import lethe.core.account.DeviceList;
import lethe.core.ownership.Ownership;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Payloads;

/** The files {@code devices} and {@code ownership} of a phone, as they are on the wire in CBOR. */
final class AccountFiles {
    private AccountFiles() {}

    static Optional<DeviceList> readDevices(PhoneFiles files) throws IOException {
        return read(files, "devices", DeviceList.class);
    }

    static void writeDevices(PhoneFiles files, DeviceList list) throws IOException {
        files.replace("devices", Payloads.encode(Encoding.CBOR, list));
    }

    static Optional<Ownership> readOwnership(PhoneFiles files) throws IOException {
        return read(files, "ownership", Ownership.class);
    }

    static void writeOwnership(PhoneFiles files, Ownership ownership) throws IOException {
        files.replace("ownership", Payloads.encode(Encoding.CBOR, ownership));
    }

    private static <T extends Record> Optional<T> read(PhoneFiles files, String name, Class<T> type)
            throws IOException {
        Optional<byte[]> content = files.read(name);
        if (content.isEmpty()) {
            return Optional.empty();
        }
        Decoded<T> decoded = Payloads.decode(Encoding.CBOR, type, content.get());
        if (decoded instanceof Decoded.Good<T> good) {
            return Optional.of(good.value());
        }
        throw new IOException("the file " + files.path(name) + " cannot be read; delete it, and register anew");
    }
}
