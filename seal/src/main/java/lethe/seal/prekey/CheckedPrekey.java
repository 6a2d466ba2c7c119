package lethe.seal.prekey;

import lethe.core.identity.DeviceId;
import lethe.core.identity.Tag;

/** A prekey that was found to be a device's own. Nothing else can be sealed to. */
public final class CheckedPrekey {
    private final Tag tag;
    private final DeviceId device;
    private final Prekey prekey;

    CheckedPrekey(Tag tag, DeviceId device, Prekey prekey) {
        this.tag = tag;
        this.device = device;
        this.prekey = prekey;
    }

    /** Whose device it is. */
    public Tag tag() {
        return tag;
    }

    public DeviceId device() {
        return device;
    }

    public Prekey prekey() {
        return prekey;
    }

    @Override
    public String toString() {
        return "CheckedPrekey[" + prekey.id() + "]";
    }
}
