package lethe.wire;

import static lethe.wire.Formats.BYTES_32;
import static lethe.wire.Formats.DEVICE_ID;
import static lethe.wire.Formats.DEVICE_KEY;
import static lethe.wire.Formats.FLAG;
import static lethe.wire.Formats.INT;
import static lethe.wire.Formats.LIST_VERSION;
import static lethe.wire.Formats.NUMBER;
import static lethe.wire.Formats.SIGNATURE;
import static lethe.wire.Formats.TIME;
import static lethe.wire.Formats.listOf;

import lethe.core.account.Device;
import lethe.core.account.DeviceList;
import lethe.core.protocol.Bodies.AccountClaim;
import lethe.core.protocol.Bodies.AccountDevices;
import lethe.core.protocol.Bodies.Claimant;
import lethe.core.protocol.Bodies.Export;
import lethe.core.protocol.Bodies.NewPin;
import lethe.core.protocol.Bodies.PinOnFile;
import lethe.core.protocol.Bodies.Waiting;

/** What is said of accounts and their devices, as it is on the wire. Keys are never given anew. */
final class AccountShapes {
    static final Shape<Device> DEVICE = device();
    static final Shape<DeviceList> LIST = list();
    static final Shape<AccountClaim> CLAIM = claim();

    static final Shape<Waiting> WAITING = waiting();

    private AccountShapes() {}

    private static Shape<Device> device() {
        var fields = Shape.fieldsOf(Device.class);
        var id = fields.required(1, "id", DEVICE_ID, Device::id);
        var key = fields.required(2, "key", DEVICE_KEY, Device::key);
        return fields.make(values -> new Device(values.get(id), values.get(key)));
    }

    private static Shape<DeviceList> list() {
        var fields = Shape.fieldsOf(DeviceList.class);
        var version = fields.required(1, "version", LIST_VERSION, DeviceList::version);
        var devices = fields.required(2, "devices", Formats.devices(DEVICE), DeviceList::devices);
        var signature = fields.required(3, "signature", SIGNATURE, DeviceList::signature);
        return fields.make(values -> new DeviceList(values.get(version), values.get(devices), values.get(signature)));
    }

    private static Shape<AccountClaim> claim() {
        var fields = Shape.fieldsOf(AccountClaim.class);
        var key = fields.required(1, "key", DEVICE_KEY, AccountClaim::key);
        var list = fields.required(2, "list", LIST, AccountClaim::list);
        var ownership = fields.optional(3, "ownership", VerifierShapes.OWNERSHIP, AccountClaim::ownership);
        var pin = fields.optional(4, "pin", SIGNATURE, AccountClaim::pin);
        return fields.make(values ->
                new AccountClaim(values.get(key), values.get(list), values.find(ownership), values.find(pin)));
    }

    static Shape<AccountDevices> accountDevices() {
        var fields = Shape.fieldsOf(AccountDevices.class);
        var account = fields.required(1, "account", DEVICE_KEY, AccountDevices::account);
        var list = fields.required(2, "list", LIST, AccountDevices::list);
        return fields.make(values -> new AccountDevices(values.get(account), values.get(list)));
    }

    static Shape<Export> export() {
        var fields = Shape.fieldsOf(Export.class);
        var at = fields.required(1, "at", TIME, Export::at);
        var consent = fields.required(2, "consent", BodyShapes.consentOnFile(), Export::consent);
        var textHash = fields.required(3, "text_hash", BYTES_32, Export::textHash);
        var signature = fields.required(4, "signature", SIGNATURE, Export::signature);
        var devices = fields.required(5, "devices", accountDevices(), Export::devices);
        var waiting = fields.required(6, "waiting", listOf(WAITING), Export::waiting);
        var receipts = fields.required(7, "receipts", INT, Export::receipts);
        var listed = fields.required(8, "listed", FLAG, Export::listed);
        var claimant = fields.optional(9, "claimant", claimant(), Export::claimant);
        var pin = fields.optional(10, "pin", pinOnFile(), Export::pin);
        var blocked = fields.optional(11, "blocked", INT, Export::blocked);
        var prekeys = fields.list(12, "prekeys", listOf(PrekeyShapes.LEFT), Export::prekeys);
        return fields.make(values -> new Export(
                values.get(at),
                values.get(consent),
                values.get(textHash),
                values.get(signature),
                values.get(devices),
                values.get(waiting),
                values.get(receipts),
                values.get(listed),
                values.find(claimant),
                values.find(pin),
                values.find(blocked),
                values.get(prekeys)));
    }

    private static Shape<Waiting> waiting() {
        var fields = Shape.fieldsOf(Waiting.class);
        var messages = fields.required(1, "messages", INT, Waiting::messages);
        var bytes = fields.required(2, "bytes", NUMBER, Waiting::bytes);
        return fields.make(values -> new Waiting(values.get(messages), values.get(bytes)));
    }

    static Shape<NewPin> newPin() {
        var fields = Shape.fieldsOf(NewPin.class);
        var key = fields.required(1, "key", DEVICE_KEY, NewPin::key);
        return fields.make(values -> new NewPin(values.get(key)));
    }

    static Shape<PinOnFile> pinOnFile() {
        var fields = Shape.fieldsOf(PinOnFile.class);
        var left = fields.required(1, "left", INT, PinOnFile::left);
        return fields.make(values -> new PinOnFile(values.get(left)));
    }

    static Shape<Claimant> claimant() {
        var fields = Shape.fieldsOf(Claimant.class);
        var account = fields.required(1, "account", DEVICE_KEY, Claimant::account);
        var ends = fields.required(2, "ends", TIME, Claimant::ends);
        return fields.make(values -> new Claimant(values.get(account), values.get(ends)));
    }
}
