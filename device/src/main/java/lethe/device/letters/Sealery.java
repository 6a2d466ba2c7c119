package lethe.device.letters;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import lethe.core.account.Device;
import lethe.core.account.DeviceList;
import lethe.core.identity.DeviceId;
import lethe.core.identity.Tag;
import lethe.core.protocol.PrekeyBodies.Bundle;
import lethe.device.keys.DeviceSigner;
import lethe.device.store.Identity;
import lethe.device.trust.Acquainted;
import lethe.device.trust.TrustBook;
import lethe.seal.DeviceCertificate;
import lethe.seal.Pin;
import lethe.seal.Sealer;
import lethe.seal.content.Letter;

/**
 * Seals a letter for each device of an account, the own one's other devices too. Believes a broker nothing but what the
 * trust book has learnt. Safe for use by many threads if the source of chance is.
 */
public final class Sealery {
    private final Identity identity;
    private final TrustBook book;
    private final RandomGenerator random;

    /**
     * For one phone.
     *
     * @param identity signs
     * @param book its own account among others
     * @param random a cryptographically strong source
     */
    public Sealery(Identity identity, TrustBook book, RandomGenerator random) {
        this.identity = identity;
        this.book = book;
        this.random = random;
    }

    /** As {@link #seal(Tag, Bundle, Letter, Instant, Set)}, for all devices. */
    public Sealed seal(Tag to, Bundle bundle, Letter letter, Instant now) {
        return seal(to, bundle, letter, now, everyone(bundle.list()));
    }

    /**
     * Seals a letter.
     *
     * @param bundle for that address; the book has learnt account and list of it
     * @param only for these devices; this phone itself is passed over
     */
    public Sealed seal(Tag to, Bundle bundle, Letter letter, Instant now, Set<DeviceId> only) {
        Optional<DeviceCertificate> own = certificate();
        if (own.isEmpty()) {
            return new Sealed.Refused(Sealed.Why.NOT_OURS);
        }
        Optional<Acquainted> known = book.acquainted(to);
        if (known.filter(Acquainted::isHeld).isPresent()) {
            return new Sealed.Refused(Sealed.Why.HELD);
        }
        if (known.filter(each -> isOf(each.pin(), bundle)).isEmpty()) {
            return new Sealed.Refused(Sealed.Why.NOT_PINNED);
        }
        Round round = new Round(new Sealer(own.get(), new DeviceSigner(identity), random), to, bundle, letter, now);
        only.stream().filter(device -> !isThisPhone(to, device)).forEach(round::seal);
        return round.done();
    }

    private Optional<DeviceCertificate> certificate() {
        return book.own()
                .filter(own ->
                        own.tag().equals(identity.tag()) && own.pin().list().contains(identity.listed()))
                .map(own -> new DeviceCertificate(
                        own.tag(), own.pin().account(), own.pin().list(), identity.device()));
    }

    private boolean isThisPhone(Tag to, DeviceId device) {
        return to.equals(identity.tag()) && device.equals(identity.device());
    }

    private static boolean isOf(Pin pin, Bundle bundle) {
        return pin.account().equals(bundle.account())
                && pin.list().version() == bundle.list().version()
                && pin.list().devices().equals(bundle.list().devices());
    }

    private static Set<DeviceId> everyone(DeviceList list) {
        return list.devices().stream().map(Device::id).collect(Collectors.toSet());
    }
}
