package lethe.core;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import lethe.core.account.Account;
import lethe.core.account.Device;
import lethe.core.account.DeviceList;
import lethe.core.consent.Consent;
import lethe.core.consent.Scope;
import lethe.core.fallback.Fallback;
import lethe.core.identity.DeviceId;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.core.protocol.Urgency;
import lethe.core.queue.Envelope;

/** Random values of the domain. */
public final class Samples {
    /** When every test begins. */
    public static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

    private Samples() {}

    public static Opaque opaque(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Opaque.wrap(bytes);
    }

    public static MessageId messageId(Random random) {
        return new MessageId(opaque(random, MessageId.LENGTH));
    }

    public static DeviceId deviceId(Random random) {
        return new DeviceId(opaque(random, DeviceId.LENGTH));
    }

    public static Tag tag(Random random) {
        return new Tag(opaque(random, Tag.LENGTH));
    }

    public static Device device(Random random) {
        return new Device(deviceId(random), new DeviceKey(opaque(random, DeviceKey.LENGTH)));
    }

    /** An account with these devices, in version 1 of its list. Not signed. */
    public static Account account(Device... devices) {
        return account(new Random(9), 1, devices);
    }

    /** Not signed. */
    public static Account account(Random random, long version, Device... devices) {
        DeviceKey key = new DeviceKey(opaque(random, DeviceKey.LENGTH));
        return Account.of(key, new DeviceList(version, List.of(devices), opaque(random, 64)));
    }

    /** Not signed. */
    public static Consent consent(Random random, DeviceId device) {
        Opaque hash = opaque(random, 32);
        return new Consent(1L + random.nextInt(9), hash, scopes(random), START, device, opaque(random, 64));
    }

    public static Set<Scope> scopes(Random random) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (Scope scope : Scope.values()) {
            if (random.nextBoolean()) {
                scopes.add(scope);
            }
        }
        return scopes;
    }

    /** Without a fallback. */
    public static Envelope envelope(Random random, int size, Instant expires) {
        return new Envelope(messageId(random), opaque(random, size), Urgency.NORMAL, expires, Fallback.NONE, expires);
    }

    /** With a fallback. */
    public static Envelope envelope(Random random, int size, Instant deadline, Instant expires) {
        return new Envelope(
                messageId(random), opaque(random, size), Urgency.NORMAL, expires, Fallback.DEVICE, deadline);
    }

    /** With a fallback or without one, and a lifetime of 1 to {@code longest} milliseconds. */
    public static Envelope envelope(Random random, int size, Instant now, Duration longest) {
        Instant expires = now.plusMillis(1 + random.nextLong(longest.toMillis()));
        Instant deadline = expires.minusMillis(
                random.nextLong(Duration.between(now, expires).toMillis()));
        return random.nextBoolean() ? envelope(random, size, expires) : envelope(random, size, deadline, expires);
    }

    /** One of them, each as likely as the other. */
    public static <T> T oneOf(Random random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
