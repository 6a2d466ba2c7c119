package lethe.device.trust;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import lethe.core.account.DeviceList;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Tag;
import lethe.device.store.Identity;
import lethe.seal.Pin;

/** Somebody with an account and some phones, the first of which holds its key. */
public final class Account {
    public final List<Identity> phones = new ArrayList<>();
    private final Random random;
    private final Identity first;
    private long version = 1;

    public Account(Random random) {
        this(random, Identity.draw(random));
    }

    private Account(Random random, Identity first) {
        this.random = random;
        this.first = first;
        phones.add(first);
    }

    /** An account at somebody's address that is not theirs. */
    public static Account at(Tag tag, Random random) {
        return new Account(random, Identity.draw(random).at(tag));
    }

    public Tag tag() {
        return first.tag();
    }

    public DeviceKey key() {
        return first.account().orElseThrow();
    }

    /** A newer list, with another phone. */
    public Account addPhone() {
        phones.add(Identity.draw(random).linkedTo(tag()));
        return signedAnew();
    }

    public Account signedAnew() {
        version++;
        return this;
    }

    public DeviceList list() {
        return first.list(version, phones.stream().map(Identity::listed).toList())
                .orElseThrow();
    }

    public Pin pin() {
        return new Pin(key(), list());
    }

    Learned taughtTo(TrustBook book) {
        return book.learn(tag(), key(), list());
    }
}
