package lethe.wire;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import lethe.core.account.Device;
import lethe.core.account.DeviceList;
import lethe.core.consent.Scope;
import lethe.core.fallback.Fallback;
import lethe.core.identity.DeviceId;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.SessionId;
import lethe.core.identity.Tag;
import lethe.core.limit.Limit;
import lethe.core.prekey.Prekey;
import lethe.core.protocol.Alternative;
import lethe.core.protocol.GatewayBodies;
import lethe.core.protocol.PrekeyBodies.BundleRequest;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.protocol.SmsEnd;
import lethe.core.protocol.Urgency;
import lethe.core.receipt.ReceiptState;

/** The kinds of value that frames and bodies are made of, with their bounds. */
final class Formats {
    /** The largest whole number: 2^53 - 1, the last that a browser counts exactly. */
    static final long MAX_NUMBER = (1L << 53) - 1;

    /** The longest list: 1,000 items. */
    static final int MAX_ITEMS = 1000;

    static final Format<Long> NUMBER = number(0, MAX_NUMBER, Function.identity(), Function.identity());
    static final Format<Integer> INT = number(0, Integer.MAX_VALUE, Integer::longValue, Long::intValue);
    /** Counts up from 1. */
    static final Format<Integer> KEY_VERSION = number(1, Integer.MAX_VALUE, Integer::longValue, Long::intValue);
    /** Counts up from 1. */
    static final Format<Long> LIST_VERSION = number(1, MAX_NUMBER, Function.identity(), Function.identity());
    /** The HTTP status of a refusal. */
    static final Format<Integer> STATUS = number(400, 599, Integer::longValue, Long::intValue);
    /** Whole milliseconds. */
    static final Format<Duration> MILLIS = number(0, MAX_NUMBER, Duration::toMillis, Duration::ofMillis);
    /** Milliseconds since 1970. */
    static final Format<Instant> TIME = number(0, MAX_NUMBER, Instant::toEpochMilli, Instant::ofEpochMilli);

    /** Seconds since 1970. */
    static final Format<Instant> SECONDS = number(0, MAX_NUMBER, Instant::getEpochSecond, Instant::ofEpochSecond);

    static final Format<Boolean> FLAG = format((flag, sink) -> sink.flag(flag), Source::flag);
    static final Format<String> TEXT = format((text, sink) -> sink.text(text), Source::text);

    static final Format<Opaque> BYTES = format((bytes, sink) -> sink.bytes(bytes), Source::bytes);
    /** 32 bytes: a nonce, or a SHA-256. */
    static final Format<Opaque> BYTES_32 = bytes(32, Function.identity(), Function.identity());
    /** 16 bytes: a nonce. */
    static final Format<Opaque> BYTES_16 = bytes(16, Function.identity(), Function.identity());
    /** 64 bytes: an Ed25519 signature. */
    static final Format<Opaque> SIGNATURE = bytes(64, Function.identity(), Function.identity());

    /** 33 bytes: a compressed point of P-256. Whether it is one is not looked at here. */
    static final Format<Opaque> ELEMENT = bytes(33, Function.identity(), Function.identity());
    /** 64 bytes: a tagger's proof. */
    static final Format<Opaque> PROOF = bytes(64, Function.identity(), Function.identity());

    /** 114 bytes: what is sealed for a verifier. Whether it opens is not looked at here. */
    static final Format<Opaque> SEALED = bytes(114, Function.identity(), Function.identity());

    static final Format<Tag> TAG = bytes(Tag.LENGTH, Tag::bytes, Tag::new);
    static final Format<MessageId> MESSAGE_ID = bytes(MessageId.LENGTH, MessageId::bytes, MessageId::new);
    static final Format<DeviceId> DEVICE_ID = bytes(DeviceId.LENGTH, DeviceId::bytes, DeviceId::new);
    static final Format<SessionId> SESSION_ID = bytes(SessionId.LENGTH, SessionId::bytes, SessionId::new);
    static final Format<DeviceKey> DEVICE_KEY = bytes(DeviceKey.LENGTH, DeviceKey::bytes, DeviceKey::new);

    static final Format<Urgency> URGENCY = word(Urgency.values(), Urgency::word);
    static final Format<Fallback> FALLBACK = word(Fallback.values(), Fallback::word);
    static final Format<ReceiptState> RECEIPT_STATE = word(ReceiptState.values(), ReceiptState::word);
    static final Format<Set<Scope>> SCOPES =
            scopes(word(Scope.values(), scope -> scope.name().toLowerCase(Locale.ROOT)));

    static final Format<Alternative> ALTERNATIVE = word(Alternative.values(), Alternative::word);

    static final Format<Integer> SUITE = number(1, Prekey.HIGHEST_SUITE, Integer::longValue, Long::intValue);
    static final Format<Long> PREKEY_ID = number(0, Prekey.HIGHEST_ID, Function.identity(), Function.identity());

    /** 1 to {@link BundleRequest#MOST_SUITES} suites, each once. */
    static final Format<List<Integer>> SUITES = suites();

    /** 1 to {@link Prekey#MOST_BYTES} bytes. */
    static final Format<Opaque> PREKEY_BODY = format((body, sink) -> sink.bytes(body), source -> {
        Opaque body = source.bytes();
        if (body.length() > Prekey.MOST_BYTES) {
            throw new Unreadable(Problem.of(ProblemType.TOO_LARGE, "a prekey").withLimit(Prekey.MOST_BYTES));
        }
        if (body.length() == 0) {
            throw source.wrong("is empty");
        }
        return body;
    });

    /** 1 to {@link GatewayBodies#MOST_CAPSULE} bytes. Whether it opens is not looked at here. */
    static final Format<Opaque> CAPSULE = format((capsule, sink) -> sink.bytes(capsule), source -> {
        Opaque capsule = source.bytes();
        if (capsule.length() > GatewayBodies.MOST_CAPSULE) {
            throw new Unreadable(Problem.of(ProblemType.TOO_LARGE, "a capsule").withLimit(GatewayBodies.MOST_CAPSULE));
        }
        if (capsule.length() == 0) {
            throw source.wrong("is empty");
        }
        return capsule;
    });

    /** 1 to {@link GatewayBodies#MOST_LABEL} bytes. */
    static final Format<Opaque> LABEL = format((label, sink) -> sink.bytes(label), source -> {
        Opaque label = source.bytes();
        if (label.length() == 0 || label.length() > GatewayBodies.MOST_LABEL) {
            throw source.wrong("is not 1 to " + GatewayBodies.MOST_LABEL + " bytes");
        }
        return label;
    });

    static final Format<SmsEnd> SMS_END = word(SmsEnd.values(), SmsEnd::word);

    /** Six digits. */
    static final Format<String> CODE = format((code, sink) -> sink.text(code), source -> {
        String code = source.text();
        if (!code.matches("[0-9]{6}")) {
            throw source.wrong("is not six digits");
        }
        return code;
    });

    private Formats() {}

    /** A list of at most {@link #MAX_ITEMS}. */
    static <V> Format<List<V>> listOf(Format<V> item) {
        return format(
                (list, sink) -> {
                    sink.openList(list.size());
                    for (V value : list) {
                        item.write(value, sink);
                    }
                    sink.closeList();
                },
                source -> {
                    source.openList();
                    List<V> list = new ArrayList<>();
                    while (source.nextItem()) {
                        if (list.size() == MAX_ITEMS) {
                            throw source.tooMany(MAX_ITEMS);
                        }
                        list.add(item.read(source));
                    }
                    return list;
                });
    }

    /** 1 to {@link DeviceList#MOST} devices, each named once. */
    static Format<List<Device>> devices(Format<Device> item) {
        Format<List<Device>> list = listOf(item);
        return format(list::write, source -> {
            List<Device> devices = list.read(source);
            if (devices.isEmpty()) {
                throw source.wrong("has no items");
            }
            if (devices.size() > DeviceList.MOST) {
                throw source.tooMany(DeviceList.MOST, Limit.ACCOUNT_DEVICES);
            }
            if (devices.stream().map(Device::id).distinct().count() < devices.size()) {
                throw source.wrong("has an item twice");
            }
            return devices;
        });
    }

    private static Format<List<Integer>> suites() {
        Format<List<Integer>> list = listOf(SUITE);
        return format(list::write, source -> {
            List<Integer> suites = list.read(source);
            if (suites.isEmpty() || suites.size() > BundleRequest.MOST_SUITES) {
                throw source.wrong("has not 1 to " + BundleRequest.MOST_SUITES + " items");
            }
            if (suites.stream().distinct().count() < suites.size()) {
                throw source.wrong("has an item twice");
            }
            return suites;
        });
    }

    /** One of the words of an enumeration. */
    static <E> Format<E> word(E[] values, Function<E, String> word) {
        Map<String, E> byWord = new HashMap<>();
        Arrays.stream(values).forEach(value -> byWord.put(word.apply(value), value));
        return format((value, sink) -> sink.text(word.apply(value)), source -> {
            E value = byWord.get(source.text());
            if (value == null) {
                throw source.wrong("is none of the words that are known");
            }
            return value;
        });
    }

    /** In the order of the enumeration, so that equal sets are equal bytes. */
    private static Format<Set<Scope>> scopes(Format<Scope> item) {
        Format<List<Scope>> list = listOf(item);
        return format((scopes, sink) -> list.write(scopes.stream().sorted().toList(), sink), source -> {
            Set<Scope> scopes = EnumSet.noneOf(Scope.class);
            for (Scope scope : list.read(source)) {
                if (!scopes.add(scope)) {
                    throw source.wrong("has an item twice");
                }
            }
            return scopes;
        });
    }

    private static <V> Format<V> number(long min, long max, Function<V, Long> to, Function<Long, V> from) {
        return format((value, sink) -> sink.number(to.apply(value)), source -> from.apply(source.number(min, max)));
    }

    private static <V> Format<V> bytes(int length, Function<V, Opaque> to, Function<Opaque, V> from) {
        return format((value, sink) -> sink.bytes(to.apply(value)), source -> {
            Opaque bytes = source.bytes();
            if (bytes.length() != length) {
                throw source.wrong("is not " + length + " bytes");
            }
            return from.apply(bytes);
        });
    }

    private static <V> Format<V> format(Writing<V> writing, Taking<V> taking) {
        return new Format<>() {
            @Override
            public void write(V value, Sink sink) throws IOException {
                writing.write(value, sink);
            }

            @Override
            public V read(Source source) throws IOException {
                return taking.read(source);
            }
        };
    }

    private interface Writing<V> {
        void write(V value, Sink sink) throws IOException;
    }

    private interface Taking<V> {
        V read(Source source) throws IOException;
    }
}
