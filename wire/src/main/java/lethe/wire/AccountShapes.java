package lethe.wire;

import static lethe.wire.Formats.DEVICE_ID;
import static lethe.wire.Formats.DEVICE_KEY;
import static lethe.wire.Formats.LIST_VERSION;
import static lethe.wire.Formats.SIGNATURE;
import static lethe.wire.Formats.TIME;

import lethe.core.account.Device;
import lethe.core.account.DeviceList;
import lethe.core.protocol.Bodies.AccountClaim;
import lethe.core.protocol.Bodies.AccountDevices;
import lethe.core.protocol.Bodies.Claimant;

/** What is said of accounts and their devices, as it is on the wire. Keys are never given anew. */
final class AccountShapes {
    static final Shape<Device> DEVICE = device();
    static final Shape<DeviceList> LIST = list();
    static final Shape<AccountClaim> CLAIM = claim();

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
        return fields.make(values -> new AccountClaim(values.get(key), values.get(list), values.find(ownership)));
    }

    static Shape<AccountDevices> accountDevices() {
        var fields = Shape.fieldsOf(AccountDevices.class);
        var account = fields.required(1, "account", DEVICE_KEY, AccountDevices::account);
        var list = fields.required(2, "list", LIST, AccountDevices::list);
        return fields.make(values -> new AccountDevices(values.get(account), values.get(list)));
    }

    static Shape<Claimant> claimant() {
        var fields = Shape.fieldsOf(Claimant.class);
        var account = fields.required(1, "account", DEVICE_KEY, Claimant::account);
        var ends = fields.required(2, "ends", TIME, Claimant::ends);
        return fields.make(values -> new Claimant(values.get(account), values.get(ends)));
    }
}
