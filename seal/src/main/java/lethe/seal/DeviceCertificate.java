package lethe.seal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lethe.core.account.Device;
import lethe.core.account.DeviceList;
import lethe.core.identity.DeviceId;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.seal.crypto.Signatures;
import lethe.seal.form.FieldReader;
import lethe.seal.form.FieldWriter;

/**
 * One device as its account vouches for it: the account's address and key, the list that the key signed, and which of
 * the devices it is. 138 bytes, and 48 a device.
 *
 * <p>It does not print: a tag is an address.
 */
public record DeviceCertificate(Tag tag, DeviceKey account, DeviceList list, DeviceId device) {
    /**
     * A certificate that has the right form; whether the signature holds is not looked at.
     *
     * @throws IllegalArgumentException if the device is not on the list
     */
    public DeviceCertificate {
        if (list.find(device).isEmpty()) {
            throw new IllegalArgumentException("the list does not have the device");
        }
    }

    /** Reads what {@link #writeTo} writes; empty if it is something else, and the reader is then broken. */
    static Optional<DeviceCertificate> read(FieldReader in) {
        Tag tag = new Tag(in.raw(Tag.LENGTH));
        DeviceKey account = new DeviceKey(in.raw(DeviceKey.LENGTH));
        long version = in.u64();
        int count = in.u8();
        int which = in.u8();
        List<Device> devices = new ArrayList<>();
        for (int i = 0; i < Math.min(count, DeviceList.MOST); i++) {
            devices.add(new Device(new DeviceId(in.raw(DeviceId.LENGTH)), new DeviceKey(in.raw(DeviceKey.LENGTH))));
        }
        Opaque signature = in.raw(Signatures.LENGTH);
        boolean twins = devices.stream().map(Device::id).distinct().count() < devices.size();
        if (in.isBroken() || version < 1 || count > DeviceList.MOST || which >= count || twins) {
            in.refuse();
            return Optional.empty();
        }
        DeviceList list = new DeviceList(version, devices, signature);
        return Optional.of(
                new DeviceCertificate(tag, account, list, devices.get(which).id()));
    }

    void writeTo(FieldWriter out) {
        List<Device> devices = list.devices();
        out.raw(tag.bytes()).raw(account.bytes()).u64(list.version());
        out.u8(devices.size()).u8(devices.indexOf(itself()));
        devices.forEach(each -> out.raw(each.id().bytes()).raw(each.key().bytes()));
        out.raw(list.signature());
    }

    /** The device with its key. */
    public Device itself() {
        return list.find(device).orElseThrow();
    }

    /**
     * Judges it: by the account's signature, and by what is known of the address.
     *
     * @param pins of those whom the owner of this phone knows
     */
    public Trust judge(Pins pins) {
        Optional<Pin> pin = pins.find(tag);
        if (pin.isPresent() && pin.get().equals(Pin.of(this))) {
            // Its signature was checked when it was pinned.
            return new Trust.Trusted(Trust.Acquaintance.KNOWN);
        }
        byte[] statement = DeviceList.statement(tag, account, list.version(), list.devices());
        if (!Signatures.hold(account, statement, list.signature())) {
            return new Trust.Distrusted(Trust.Reason.FORGED_LIST);
        }
        return pin.map(known -> known.judge(this)).orElse(new Trust.Trusted(Trust.Acquaintance.STRANGER));
    }

    @Override
    public String toString() {
        return "DeviceCertificate[***]";
    }
}
