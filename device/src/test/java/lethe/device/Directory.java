package lethe.device;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lethe.core.account.Device;
import lethe.core.account.DeviceList;
import lethe.core.identity.DeviceId;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.core.prekey.Prekey;
import lethe.core.prekey.PrekeyBatch;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.PrekeyBodies;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.seal.crypto.Suite;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Payloads;

/** The broker's resources with accounts: who opted in, with which devices and prekeys. Its fields are for lying. */
public class Directory implements Function<ScriptedBroker.Request, ScriptedBroker.Response> {
    private static final Pattern KEY_ID = Pattern.compile("keyid=\"([^\"]+)\"");

    private final Resources rest = new Resources();

    /** What is shown at an address. */
    public final Map<Tag, Bodies.AccountDevices> entries = new HashMap<>();

    /** One-time prekeys that are left, by device. */
    public final Map<DeviceId, Deque<Prekey>> oneTime = new HashMap<>();

    public final Map<DeviceId, List<Prekey>> lastResort = new HashMap<>();

    /** What whoever asks for an address is given in place of what there is. */
    public volatile BiFunction<Tag, PrekeyBodies.Bundle, PrekeyBodies.Bundle> bundles = (tag, bundle) -> bundle;

    /** How whoever asks for an address is refused. May take its time. */
    public volatile Function<Tag, Optional<ProblemType>> refusing = tag -> Optional.empty();

    private final Map<DeviceId, Long> highest = new HashMap<>();
    private final Set<DeviceId> drained = new HashSet<>();

    @Override
    public ScriptedBroker.Response apply(ScriptedBroker.Request request) {
        Encoding encoding = Encoding.ofMediaType(
                        request.headers().getOrDefault("accept", "").split(",", -1)[0])
                .orElse(Encoding.JSON);
        Optional<ProblemType> refusal =
                request.path().equals("/v1/bundle") ? refusing.apply(tag(request, "lethe-to")) : Optional.empty();
        return refusal.map(type -> refused(encoding, type)).orElseGet(() -> apply(encoding, request));
    }

    private synchronized ScriptedBroker.Response apply(Encoding encoding, ScriptedBroker.Request request) {
        return switch (request.path()) {
            case "/v1/self/consent" -> consent(encoding, request);
            case "/v1/self/devices" -> devices(encoding, request);
            case "/v1/self/prekeys" -> prekeys(encoding, request);
            case "/v1/bundle" -> bundle(encoding, request);
            default -> rest.apply(request);
        };
    }

    private ScriptedBroker.Response consent(Encoding encoding, ScriptedBroker.Request request) {
        if (request.method().equals("PUT")) {
            Bodies.OptIn optIn = body(encoding, Bodies.OptIn.class, request);
            Bodies.AccountClaim claim = optIn.account();
            if (claim != null) {
                entries.put(tag(request, "lethe-tag"), new Bodies.AccountDevices(claim.key(), claim.list()));
            }
        }
        return rest.apply(request);
    }

    private ScriptedBroker.Response devices(Encoding encoding, ScriptedBroker.Request request) {
        Tag tag = tag(request, "lethe-tag");
        if (request.method().equals("PUT")) {
            entries.put(tag, body(encoding, Bodies.AccountDevices.class, request));
        }
        return Optional.ofNullable(entries.get(tag))
                .map(entry -> Resources.ok(encoding, Payloads.encode(encoding, entry)))
                .orElseGet(() -> refused(encoding, ProblemType.NOT_FOUND));
    }

    private ScriptedBroker.Response prekeys(Encoding encoding, ScriptedBroker.Request request) {
        DeviceId device = device(request);
        if (request.method().equals("PUT")) {
            publish(device, body(encoding, PrekeyBatch.class, request));
        }
        Deque<Prekey> left = oneTime.getOrDefault(device, new ArrayDeque<>());
        List<PrekeyBodies.SuitePrekeys> suites = new ArrayList<>();
        for (int suite = 1; suite <= 2; suite++) {
            int code = suite;
            suites.add(new PrekeyBodies.SuitePrekeys(
                    suite,
                    (int) left.stream().filter(one -> one.suite() == code).count(),
                    lastResort.getOrDefault(device, List.of()).stream().anyMatch(one -> one.suite() == code)));
        }
        return Resources.ok(
                encoding,
                Payloads.encode(
                        encoding,
                        new PrekeyBodies.PrekeysLeft(left.size(), left.size() < 20, highest.get(device), suites)));
    }

    /** As a device does. */
    public synchronized void publish(DeviceId device, PrekeyBatch batch) {
        oneTime.computeIfAbsent(device, id -> new ArrayDeque<>()).addAll(batch.oneTime());
        List<Prekey> last = lastResort.computeIfAbsent(device, id -> new ArrayList<>());
        batch.lastResort().forEach(one -> last.removeIf(old -> old.suite() == one.suite()));
        last.addAll(batch.lastResort());
        batch.ids().forEach(id -> highest.merge(device, id, Math::max));
    }

    private ScriptedBroker.Response bundle(Encoding encoding, ScriptedBroker.Request request) {
        List<Integer> suites =
                body(encoding, PrekeyBodies.BundleRequest.class, request).suites();
        Tag tag = tag(request, "lethe-to");
        return bundle(tag, suites)
                .map(bundle -> bundles.apply(tag, bundle))
                .map(bundle -> Resources.ok(encoding, Payloads.encode(encoding, bundle)))
                .orElseGet(() -> refused(encoding, ProblemType.NOT_FOUND));
    }

    /** What somebody gets who asks for an address. */
    public synchronized Optional<PrekeyBodies.Bundle> bundle(Tag tag, List<Integer> suites) {
        return Optional.ofNullable(entries.get(tag))
                .map(entry -> new PrekeyBodies.Bundle(
                        entry.account(),
                        entry.list(),
                        entry.list().devices().stream()
                                .flatMap(device -> given(device, suites).stream())
                                .toList()));
    }

    private Optional<PrekeyBodies.BundledPrekey> given(Device device, List<Integer> suites) {
        Deque<Prekey> left = oneTime.getOrDefault(device.id(), new ArrayDeque<>());
        Prekey next = drained.contains(device.id()) ? null : left.peekFirst();
        if (next != null && suites.contains(next.suite())) {
            left.removeFirst();
            return Optional.of(new PrekeyBodies.BundledPrekey(device.id(), false, next));
        }
        return suites.stream()
                .flatMap(suite ->
                        lastResort.getOrDefault(device.id(), List.of()).stream().filter(one -> one.suite() == suite))
                .findFirst()
                .map(one -> new PrekeyBodies.BundledPrekey(device.id(), true, one));
    }

    /** Whether a device has published. */
    public synchronized boolean has(DeviceId device) {
        return highest.containsKey(device);
    }

    /** Shows this entry at an address. */
    public synchronized void show(Tag tag, DeviceKey account, DeviceList list) {
        entries.put(tag, new Bodies.AccountDevices(account, list));
    }

    /** What is shown at an address; empty if nobody is there. */
    synchronized Optional<Bodies.AccountDevices> entry(Tag tag) {
        return Optional.ofNullable(entries.get(tag));
    }

    /** Nobody is at an address. */
    synchronized void remove(Tag tag) {
        entries.remove(tag);
    }

    /** A device's one-time prekeys are given to nobody, however many there are. */
    synchronized void drain(DeviceId device) {
        drained.add(device);
    }

    /** Whether a device has left prekeys of both kinds. */
    synchronized boolean isFull(DeviceId device) {
        return !oneTime.getOrDefault(device, new ArrayDeque<>()).isEmpty()
                && lastResort.getOrDefault(device, List.of()).size() == Suite.values().length;
    }

    private static DeviceId device(ScriptedBroker.Request request) {
        Matcher found = KEY_ID.matcher(request.headers().getOrDefault("signature-input", ""));
        return found.find() ? DeviceId.fromText(found.group(1)) : fail();
    }

    private static DeviceId fail() {
        throw new AssertionError("a request that no device has signed");
    }

    private static Tag tag(ScriptedBroker.Request request, String header) {
        return Tag.fromText(request.headers().getOrDefault(header, ""));
    }

    private static <T extends Record> T body(Encoding encoding, Class<T> type, ScriptedBroker.Request request) {
        return ((Decoded.Good<T>) Payloads.decode(encoding, type, request.body().shared())).value();
    }

    private static ScriptedBroker.Response refused(Encoding encoding, ProblemType type) {
        Problem problem = Problem.of(type);
        return new ScriptedBroker.Response(
                type.status(), encoding.problemMediaType(), Opaque.wrap(Payloads.encode(encoding, problem)));
    }
}
