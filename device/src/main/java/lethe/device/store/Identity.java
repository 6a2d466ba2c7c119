package lethe.device.store;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import lethe.core.account.Device;
import lethe.core.account.DeviceList;
import lethe.core.consent.Consent;
import lethe.core.consent.Scope;
import lethe.core.identity.DeviceId;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.core.protocol.Bodies;
import org.jspecify.annotations.Nullable;

/**
 * Who a phone is: its device id and key, its address, and the account's key, if it is this phone that holds it.
 *
 * <p>The address is 32 random bytes, exchanged by people, until a number is proven: then it is the number's tag.
 */
public final class Identity {
    private final DeviceId device;
    private final Tag tag;
    private final SigningKey key;
    private final @Nullable SigningKey account;

    Identity(DeviceId device, Tag tag, SigningKey key, @Nullable SigningKey account) {
        this.device = device;
        this.tag = tag;
        this.key = key;
        this.account = account;
    }

    /**
     * A new phone with an account of its own.
     *
     * @param random a cryptographically strong source
     */
    public static Identity draw(RandomGenerator random) {
        return new Identity(
                new DeviceId(bytes(random, DeviceId.LENGTH)),
                new Tag(bytes(random, Tag.LENGTH)),
                SigningKey.draw(),
                SigningKey.draw());
    }

    /**
     * A phone as it was stored, with an account key drawn now.
     *
     * @param pkcs8 the private key (RFC 8410)
     * @param x509 the public key (RFC 8410)
     * @throws IllegalArgumentException if they are not keys
     */
    public static Identity of(DeviceId device, Tag tag, Opaque pkcs8, Opaque x509) {
        return new Identity(device, tag, SigningKey.of(pkcs8, x509), SigningKey.draw());
    }

    private static Opaque bytes(RandomGenerator random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Opaque.wrap(bytes);
    }

    /** The same phone at the address of a number that it has proven. */
    public Identity at(Tag proven) {
        return new Identity(device, proven, key, account);
    }

    /** The same phone as a device of somebody else's account. */
    public Identity linkedTo(Tag theirs) {
        return new Identity(device, theirs, key, null);
    }

    public DeviceId device() {
        return device;
    }

    public Tag tag() {
        return tag;
    }

    public DeviceKey key() {
        return key.publicKey();
    }

    /** What other devices put on the account's list. */
    public Device listed() {
        return new Device(device, key());
    }

    /** The account's public key; empty on a phone that was added to an account by another one. */
    public Optional<DeviceKey> account() {
        return Optional.ofNullable(account).map(SigningKey::publicKey);
    }

    SigningKey deviceKeys() {
        return key;
    }

    Optional<SigningKey> accountKeys() {
        return Optional.ofNullable(account);
    }

    /** Signs by the device key. */
    public Opaque sign(byte[] statement) {
        return key.sign(statement);
    }

    /**
     * Signs a list of devices by the account's key.
     *
     * @return empty if this phone does not hold it
     */
    public Optional<DeviceList> list(long version, List<Device> devices) {
        return accountKeys()
                .map(keys -> new DeviceList(
                        version, devices, keys.sign(DeviceList.statement(tag, keys.publicKey(), version, devices))));
    }

    /**
     * The owner's agreement to a policy on the first device of a new account, signed by both keys.
     *
     * @param at when the owner agreed; signed and told to the millisecond
     */
    public Bodies.OptIn consent(Bodies.PolicyInForce policy, Set<Scope> scopes, Instant at) {
        Optional<Bodies.AccountClaim> claim = account()
                .flatMap(owner -> list(1, List.of(listed())).map(list -> new Bodies.AccountClaim(owner, list, null)));
        return consent(policy, scopes, at, claim.orElse(null));
    }

    /**
     * The owner's agreement to a policy, signed by the device key.
     *
     * @param claim what the account shows; null if the broker knows the device
     */
    public Bodies.OptIn consent(
            Bodies.PolicyInForce policy, Set<Scope> scopes, Instant at, Bodies.@Nullable AccountClaim claim) {
        Instant agreed = at.truncatedTo(ChronoUnit.MILLIS);
        byte[] statement = Consent.statement(tag, key(), device, policy.epoch(), policy.textHash(), scopes, agreed);
        return new Bodies.OptIn(
                device, key(), policy.epoch(), policy.textHash(), scopes, agreed, sign(statement), claim);
    }

    @Override
    public String toString() {
        return "Identity[***]";
    }
}
