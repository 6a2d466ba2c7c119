package lethe.device.trust;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import lethe.core.account.Device;
import lethe.core.account.DeviceList;
import lethe.core.identity.DeviceId;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.device.store.ContentDamaged;
import lethe.seal.Pin;
import lethe.seal.crypto.Signatures;
import lethe.seal.form.FieldReader;
import lethe.seal.form.FieldWriter;
import org.jspecify.annotations.Nullable;

/**
 * What lies in the slot: version 1, whether the own account is known 1, the own one, the number of others 4, the others
 * from the one that was used longest ago on. Each: tag 32, flags 1 (1 verified, 2 another account shown), the pin, the
 * account that is shown. A pin: account key 32, version of the list 8, its devices 1, 48 each, signature 64.
 */
record TrustForm(@Nullable Acquainted own, Collection<Acquainted> others) {
    private static final int VERSION = 1;
    private static final int VERIFIED = 1;
    private static final int SHOWN = 2;

    /**
     * Reads what {@link #encode} writes.
     *
     * @throws ContentDamaged if it is something else
     */
    static TrustForm decode(Opaque bytes) {
        FieldReader in = new FieldReader(bytes);
        if (in.u8() != VERSION) {
            in.refuse();
        }
        Acquainted own = in.u8() == 0 ? null : entry(in);
        int count = in.u32();
        List<Acquainted> others = new ArrayList<>();
        for (int i = 0; i < count && !in.isBroken(); i++) {
            Acquainted other = entry(in);
            if (other != null) {
                others.add(other);
            }
        }
        if (!in.isDone() || count != others.size()) {
            throw new ContentDamaged("address book of keys");
        }
        return new TrustForm(own, others);
    }

    private static @Nullable Acquainted entry(FieldReader in) {
        Tag tag = new Tag(in.raw(Tag.LENGTH));
        int flags = in.u8();
        Pin pin = pin(in);
        Pin shown = (flags & SHOWN) == 0 ? null : pin(in);
        return pin == null || in.isBroken() ? null : new Acquainted(tag, pin, (flags & VERIFIED) != 0, shown);
    }

    private static @Nullable Pin pin(FieldReader in) {
        DeviceKey account = new DeviceKey(in.raw(DeviceKey.LENGTH));
        long version = in.u64();
        int count = in.u8();
        List<Device> devices = new ArrayList<>();
        for (int i = 0; i < Math.min(count, DeviceList.MOST); i++) {
            devices.add(new Device(new DeviceId(in.raw(DeviceId.LENGTH)), new DeviceKey(in.raw(DeviceKey.LENGTH))));
        }
        Opaque signature = in.raw(Signatures.LENGTH);
        boolean twins = devices.stream().map(Device::id).distinct().count() < devices.size();
        if (in.isBroken() || version < 1 || devices.isEmpty() || count > DeviceList.MOST || twins) {
            in.refuse();
            return null;
        }
        return new Pin(account, new DeviceList(version, devices, signature));
    }

    Opaque encode() {
        FieldWriter out = new FieldWriter().u8(VERSION).u8(own == null ? 0 : 1);
        if (own != null) {
            write(own, out);
        }
        out.u32(others.size());
        others.forEach(each -> write(each, out));
        return Opaque.wrap(out.toBytes());
    }

    private static void write(Acquainted each, FieldWriter out) {
        Pin shown = each.shown();
        out.raw(each.tag().bytes()).u8((each.verified() ? VERIFIED : 0) | (shown == null ? 0 : SHOWN));
        write(each.pin(), out);
        if (shown != null) {
            write(shown, out);
        }
    }

    private static void write(Pin pin, FieldWriter out) {
        DeviceList list = pin.list();
        out.raw(pin.account().bytes()).u64(list.version()).u8(list.devices().size());
        list.devices().forEach(each -> out.raw(each.id().bytes()).raw(each.key().bytes()));
        out.raw(list.signature());
    }

    @Override
    public String toString() {
        return "TrustForm[***]";
    }
}
