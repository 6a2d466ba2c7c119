package lethe.device.letters;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lethe.core.account.Device;
import lethe.core.identity.DeviceId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.core.protocol.PrekeyBodies.Bundle;
import lethe.core.protocol.PrekeyBodies.BundledPrekey;
import lethe.seal.Sealer;
import lethe.seal.Sealing;
import lethe.seal.content.Letter;
import lethe.seal.prekey.CheckedPrekey;
import lethe.seal.prekey.Prekey;
import lethe.seal.prekey.PrekeyKind;
import lethe.seal.prekey.PrekeyVerdict;
import org.jspecify.annotations.Nullable;

/** One letter on its way through the devices of a bundle whose list is believed. Used once, by one thread. */
final class Round {
    private final Sealer sealer;
    private final Tag to;
    private final Bundle bundle;
    private final Letter letter;
    private final Instant now;
    private final Map<DeviceId, Opaque> envelopes = new HashMap<>();
    private final Map<DeviceId, LeftOut> leftOut = new HashMap<>();

    Round(Sealer sealer, Tag to, Bundle bundle, Letter letter, Instant now) {
        this.sealer = sealer;
        this.to = to;
        this.bundle = bundle;
        this.letter = letter;
        this.now = now;
    }

    Sealed done() {
        return new Sealed.Envelopes(envelopes, leftOut);
    }

    void seal(DeviceId device) {
        List<BundledPrekey> given = bundle.prekeys().stream()
                .filter(each -> each.device().equals(device))
                .toList();
        Device listed = bundle.list().find(device).orElse(null);
        if (listed == null) {
            leftOut.put(device, LeftOut.NOT_LISTED);
        } else if (given.size() != 1) {
            leftOut.put(device, given.isEmpty() ? LeftOut.NO_PREKEY : LeftOut.SEVERAL_PREKEYS);
        } else {
            seal(listed, given.get(0));
        }
    }

    private void seal(Device device, BundledPrekey given) {
        Prekey prekey = decoded(given);
        PrekeyVerdict verdict = prekey == null
                ? new PrekeyVerdict.Unusable(PrekeyVerdict.Reason.FORGED)
                : prekey.judge(to, device, now);
        if (verdict instanceof PrekeyVerdict.Unusable unusable) {
            leftOut.put(device.id(), reason(unusable.reason()));
        } else {
            seal(device.id(), ((PrekeyVerdict.Usable) verdict).prekey());
        }
    }

    private void seal(DeviceId device, CheckedPrekey prekey) {
        Sealing sealing = sealer.seal(prekey, letter);
        if (sealing instanceof Sealing.Sealed sealed) {
            envelopes.put(device, sealed.envelope());
        } else {
            leftOut.put(device, reason(((Sealing.Unsealable) sealing).reason()));
        }
    }

    /** What the device signed, if it is what the broker says that it gives. */
    private static @Nullable Prekey decoded(BundledPrekey given) {
        return Prekey.decode(given.prekey().body())
                .filter(prekey -> prekey.id().number() == given.prekey().id()
                        && prekey.suite().code() == given.prekey().suite()
                        && (prekey.kind() == PrekeyKind.LAST_RESORT) == given.lastResort())
                .orElse(null);
    }

    private static LeftOut reason(PrekeyVerdict.Reason reason) {
        return switch (reason) {
            case FORGED -> LeftOut.FORGED;
            case EXPIRED -> LeftOut.EXPIRED;
        };
    }

    private static LeftOut reason(Sealing.Reason reason) {
        return switch (reason) {
            case TOO_LARGE -> LeftOut.TOO_LARGE;
            case NO_KEY -> LeftOut.NO_KEY;
        };
    }
}
