package lethe.core;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lethe.core.account.Account;
import lethe.core.account.Device;
import lethe.core.account.DeviceList;
import lethe.core.fallback.Fallback;
import lethe.core.identity.DeviceId;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.SessionId;
import lethe.core.identity.SubscriberId;
import lethe.core.identity.Tag;
import lethe.core.lookup.CodedSet;
import lethe.core.ownership.Ownership;
import lethe.core.permit.Permission;
import lethe.core.permit.Permit;
import lethe.core.protocol.Urgency;
import lethe.core.queue.Bounds;
import lethe.core.queue.DeliveryQueue;
import lethe.core.queue.Envelope;
import lethe.core.queue.Slot;
import lethe.core.queue.Waiting;
import lethe.core.receipt.Receipt;
import lethe.core.receipt.ReceiptState;

/** One of each record of the domain, filled with a secret wherever bytes, an address or a number can stand. */
final class Specimens {
    static final String SECRET = "CANARY-CANARY-CANARY-CANARY-CANA";
    static final String NUMBER = "+491701234567";
    private static final byte[] SECRET_BYTES = SECRET.getBytes(StandardCharsets.US_ASCII);
    private static final Opaque HARMLESS_16 = Opaque.wrap(new byte[16]);
    private static final MessageId ID = new MessageId(HARMLESS_16);
    private static final Envelope ENVELOPE =
            new Envelope(ID, Opaque.wrap(SECRET_BYTES), Urgency.HIGH, Samples.START, Fallback.NONE, Samples.START);

    private static final DeviceKey KEY = new DeviceKey(Opaque.wrap(SECRET_BYTES));
    private static final Permit PERMIT =
            new Permit(Opaque.wrap(Arrays.copyOf(SECRET_BYTES, 16)), KEY, Samples.START, Opaque.wrap(SECRET_BYTES));
    private static final DeviceList LIST =
            new DeviceList(1, List.of(new Device(new DeviceId(HARMLESS_16), KEY)), Opaque.wrap(SECRET_BYTES));

    private static final Map<Class<?>, Object> KNOWN = Map.ofEntries(
            Map.entry(Opaque.class, Opaque.wrap(SECRET_BYTES)),
            Map.entry(Tag.class, new Tag(Opaque.wrap(SECRET_BYTES))),
            Map.entry(DeviceKey.class, new DeviceKey(Opaque.wrap(SECRET_BYTES))),
            Map.entry(PlainIdentifier.class, PlainIdentifier.of(PlainIdentifier.Kind.NUMBER, NUMBER)),
            Map.entry(MessageId.class, ID),
            Map.entry(DeviceId.class, new DeviceId(HARMLESS_16)),
            Map.entry(SessionId.class, new SessionId(HARMLESS_16)),
            Map.entry(SubscriberId.class, new SubscriberId(Opaque.wrap(new byte[32]))),
            Map.entry(Envelope.class, ENVELOPE),
            Map.entry(
                    Ownership.class,
                    new Ownership(
                            new Tag(Opaque.wrap(SECRET_BYTES)),
                            new DeviceKey(Opaque.wrap(SECRET_BYTES)),
                            Samples.START,
                            HARMLESS_16,
                            Opaque.wrap(SECRET_BYTES))),
            Map.entry(Permit.class, PERMIT),
            Map.entry(Permission.class, new Permission(PERMIT, Samples.START, HARMLESS_16, Opaque.wrap(SECRET_BYTES))),
            Map.entry(DeviceList.class, LIST),
            Map.entry(Account.class, Account.of(KEY, LIST)),
            Map.entry(Waiting.class, waiting()),
            Map.entry(Receipt.class, new Receipt(ID, ReceiptState.DELIVERED, Samples.START, false, 1)),
            Map.entry(CodedSet.class, CodedSet.of(new long[] {1})),
            Map.entry(Instant.class, Samples.START),
            Map.entry(Duration.class, Duration.ofSeconds(1)),
            Map.entry(String.class, "text for everybody"),
            Map.entry(Object.class, "whoever watches"),
            Map.entry(long.class, 1L),
            Map.entry(Long.class, 1L),
            Map.entry(int.class, 1),
            Map.entry(Integer.class, 1),
            Map.entry(boolean.class, true));

    private Specimens() {}

    private static Waiting<String> waiting() {
        return new DeliveryQueue<String>(new Bounds(1, 100, 1))
                .admit(new Slot(1, 1), ENVELOPE, 1, Samples.START, "whoever watches");
    }

    /** A record of this type. */
    static Object of(Class<?> type) throws ReflectiveOperationException {
        Object known = KNOWN.get(type);
        if (known != null) {
            return known;
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = of(components[i].getGenericType());
        }
        Constructor<?> constructor = type.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        return constructor.newInstance(values);
    }

    private static Object of(Type type) throws ReflectiveOperationException {
        if (type instanceof TypeVariable<?>) {
            return of(Object.class);
        }
        if (!(type instanceof ParameterizedType generic)) {
            return of((Class<?>) type);
        }
        Type[] arguments = generic.getActualTypeArguments();
        if (generic.getRawType() == List.class) {
            return List.of(of(arguments[0]));
        }
        if (generic.getRawType() == Set.class) {
            return Set.of(of(arguments[0]));
        }
        if (generic.getRawType() == Map.class) {
            return Map.of(of(arguments[0]), of(arguments[1]));
        }
        return of((Class<?>) generic.getRawType());
    }
}
