package lethe.device.lookup;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.lookup.CodedSet;
import lethe.core.lookup.DaySet;
import lethe.core.lookup.HourSet;
import lethe.core.lookup.PublishedSet;
import lethe.core.lookup.SetIndex;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.device.ScriptedBroker;
import lethe.wire.Encoding;
import lethe.wire.Payloads;
import org.jspecify.annotations.Nullable;

/** A broker on a real socket that publishes what a test tells it to. */
public final class HandMadeInstallation implements AutoCloseable {
    public static final Instant BUILT = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    public static final Instant EXPIRES = BUILT.plus(Duration.ofDays(2));

    public final ScriptedBroker server = new ScriptedBroker(this::answer);

    private final KeyPair pair;
    private final Map<String, Opaque> bodies = new ConcurrentHashMap<>();
    private final List<PublishedSet> sets = new ArrayList<>();
    private long epoch = 1;

    /** With a key of its own. */
    public HandMadeInstallation() {
        try {
            pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public DeviceKey key() {
        return DeviceKey.of(pair.getPublic());
    }

    /** From now on there is nothing but what is published next. */
    void forget(long nextEpoch) {
        epoch = nextEpoch;
        bodies.clear();
        sets.clear();
    }

    /** What the index names is gone. */
    void forgetsBodies() {
        bodies.clear();
    }

    /** Publishes a day's set. */
    public void publishDay(long day, long... entries) {
        publish(day, null, entries.length, encoded(day(day, EXPIRES, entries)));
    }

    DaySet day(long day, Instant expires, long... entries) {
        CodedSet coded = CodedSet.of(ascending(entries));
        byte[] statement = DaySet.statement(epoch, day, BUILT, expires, coded.count(), coded.bytes());
        return new DaySet(epoch, day, BUILT, expires, coded.count(), coded.bytes(), sign(statement));
    }

    /** Publishes an hour's set. */
    public void publishHour(long day, long hour, long... entries) {
        publish(day, hour, entries.length, encoded(hour(day, hour, entries)));
    }

    HourSet hour(long day, long hour, long... entries) {
        Opaque packed = HourSet.pack(ascending(entries));
        return new HourSet(epoch, day, hour, BUILT, packed, sign(HourSet.statement(epoch, day, hour, BUILT, packed)));
    }

    /** Publishes whatever it is. */
    void publish(long day, @Nullable Long hour, long count, Opaque body) {
        publish(new PublishedSet(day, hour, count, body.length(), KeptSets.hash(body)), body);
    }

    void publish(PublishedSet named, Opaque body) {
        String path = "/v1/set/" + named.day() + (named.hour() == null ? "" : "/" + named.hour());
        bodies.put(path, body);
        sets.add(named);
    }

    static Opaque encoded(Record set) {
        return Opaque.wrap(Payloads.encode(Encoding.CBOR, set));
    }

    private static long[] ascending(long... entries) {
        return LongStream.of(entries)
                .boxed()
                .sorted(Long::compareUnsigned)
                .mapToLong(Long::longValue)
                .toArray();
    }

    /** What it was asked for since it was asked this last. */
    public List<String> asked() {
        synchronized (server) {
            List<String> paths =
                    server.requests.stream().map(ScriptedBroker.Request::path).toList();
            server.requests.clear();
            return paths;
        }
    }

    private ScriptedBroker.Response answer(ScriptedBroker.Request request) {
        if (request.path().equals("/v1/set")) {
            Opaque index = encoded(new SetIndex(epoch, sets));
            String version = "\"" + KeptSets.hash(index).toText() + "\"";
            return version.equals(request.headers().get("if-none-match"))
                    ? new ScriptedBroker.Response(304, "application/cbor", Opaque.empty())
                    : new ScriptedBroker.Response(200, "application/cbor", index);
        }
        Opaque body = bodies.get(request.path());
        return body == null
                ? new ScriptedBroker.Response(404, "application/cbor", encoded(Problem.of(ProblemType.NOT_FOUND)))
                : new ScriptedBroker.Response(200, "application/cbor", body);
    }

    private Opaque sign(byte[] statement) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(pair.getPrivate());
            signer.update(statement);
            return Opaque.wrap(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
