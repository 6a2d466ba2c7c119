package lethe.device.prekeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import lethe.client.http.Answer;
import lethe.core.account.Device;
import lethe.core.account.DeviceList;
import lethe.core.identity.Opaque;
import lethe.core.prekey.DevicePrekeys;
import lethe.core.prekey.Prekey;
import lethe.core.prekey.PrekeyBatch;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.PrekeyBodies;
import lethe.core.protocol.PrekeyBodies.BundledPrekey;
import lethe.core.protocol.PrekeyBodies.PrekeysLeft;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.subscriber.PrekeyTerms;
import lethe.device.ScriptedBroker;
import lethe.device.http.BrokerHttp;
import lethe.device.http.RequestSigner;
import lethe.device.store.Identity;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Payloads;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Before a broker that keeps prekeys as a broker does, and whose bundles say whatever the test makes them say. */
class PrekeyClientTest {
    private static final List<Integer> SUITES = List.of(2, 1);

    private final Random random = new Random(1);
    private final Identity alice = Identity.draw(random);
    private final Identity bob = Identity.draw(random);
    private final Device tablet = Identity.draw(random).listed();
    private final ScriptedBroker broker = new ScriptedBroker(this::answer);
    private final PrekeyClient client = new PrekeyClient(new BrokerHttp(
            HttpClient.newHttpClient(),
            broker.uri(),
            Encoding.CBOR,
            new RequestSigner(alice, Clock.systemUTC(), random)));

    private DevicePrekeys stored = DevicePrekeys.NONE;
    private final List<PrekeyBatch> taken = new ArrayList<>();
    private int answersLost;
    private PrekeyBodies.@Nullable Bundle bundle;

    @AfterEach
    void close() {
        broker.close();
    }

    private ScriptedBroker.Response answer(ScriptedBroker.Request request) {
        if (request.method().equals("POST")) {
            return bundle == null ? refusal(Problem.of(ProblemType.NOT_FOUND)) : good(bundle);
        }
        if (request.method().equals("PUT")) {
            PrekeyBatch batch = ((Decoded.Good<PrekeyBatch>) Payloads.decode(
                            Encoding.CBOR, PrekeyBatch.class, request.body().shared()))
                    .value();
            var objection = PrekeyTerms.objection(stored, batch);
            if (objection.isPresent()) {
                return refusal(objection.get());
            }
            stored = stored.with(batch, 1);
            taken.add(batch);
            if (answersLost > 0) {
                answersLost--;
                return new ScriptedBroker.Response(200, "text/plain", Opaque.empty());
            }
        }
        return good(PrekeysLeft.of(stored));
    }

    private static ScriptedBroker.Response good(Record body) {
        return new ScriptedBroker.Response(
                200, Encoding.CBOR.mediaType(), Opaque.wrap(Payloads.encode(Encoding.CBOR, body)));
    }

    private static ScriptedBroker.Response refusal(Problem problem) {
        return new ScriptedBroker.Response(
                problem.type().status(),
                Encoding.JSON.problemMediaType(),
                Opaque.wrap(Payloads.encode(Encoding.JSON, problem)));
    }

    private static List<Prekey> keys(long from, int count, int length) {
        return LongStream.range(from, from + count)
                .mapToObj(id -> new Prekey(2, id, Opaque.wrap(new byte[length])))
                .toList();
    }

    private Answer<PrekeysLeft> publish(PrekeyBatch batch) {
        return client.publish(batch).toCompletableFuture().join();
    }

    private Answer<PrekeysLeft> topUp(PrekeySource source) {
        return client.topUp(source, Runnable::run).toCompletableFuture().join();
    }

    private BundleResult ask(Bodies.@Nullable AccountDevices known) {
        return client.bundle(bob.tag(), SUITES, known).toCompletableFuture().join();
    }

    private PrekeyBodies.Bundle bundle(Identity by, long version, Device... devices) {
        DeviceList list = by.list(version, List.of(devices)).orElseThrow();
        Prekey prekey = new Prekey(2, 7, Opaque.wrap(new byte[9]));
        return new PrekeyBodies.Bundle(
                by.account().orElseThrow(), list, List.of(new BundledPrekey(devices[0].id(), false, prekey)));
    }

    private void isNotBelieved(BundleFault fault, Bodies.@Nullable AccountDevices known) {
        assertThat(ask(known)).isEqualTo(new BundleResult.NotBelieved(fault));
    }

    @Test
    void publishesWhatDoesNotFitIntoOneRequestInParts() {
        PrekeyBatch batch = new PrekeyBatch(keys(0, 99, 1_344), keys(99, 1, 1_344));

        assertThat(publish(batch)).isEqualTo(new Answer.Good<>(PrekeysLeft.of(stored)));
        assertThat(stored.left()).isEqualTo(99);
        assertThat(stored.highest()).isEqualTo(99);
        assertThat(taken)
                .hasSize(5)
                .allSatisfy(part ->
                        assertThat(Payloads.encode(Encoding.JSON, part).length).isLessThan(64 * 1024));
        assertThat(taken.get(4).lastResort()).hasSize(1);
    }

    @Test
    void publishesABatchAgainWithoutHarmWhereverItBroke() {
        PrekeyBatch batch = new PrekeyBatch(keys(0, 99, 1_344), keys(99, 1, 1_344));
        answersLost = 1;
        assertThat(publish(batch)).isInstanceOf(Answer.Unreachable.class);
        assertThat(stored.left()).isLessThan(99);

        assertThat(publish(batch)).isInstanceOf(Answer.Good.class);
        assertThat(publish(batch)).isEqualTo(new Answer.Good<>(PrekeysLeft.of(stored)));
        assertThat(stored.left()).isEqualTo(99);
    }

    @Test
    void saysThatAnotherBatchHasTheseIds() {
        publish(new PrekeyBatch(keys(50, 3, 32), List.of()));

        assertThat(publish(new PrekeyBatch(keys(1, 3, 32), List.of())))
                .isEqualTo(
                        new Answer.Refused<>(Problem.of(ProblemType.PREKEY_IDS).withLimit(52)));
    }

    @Test
    void topsUpWithWhatItsSourceMakesOfWhatIsLeft() {
        PrekeySource source = left -> {
            long from = left.highest() == null ? 0 : left.highest() + 1;
            return new PrekeyBatch(keys(from, DevicePrekeys.MOST - left.oneTime(), 32), List.of());
        };
        topUp(source);
        assertThat(stored.left()).isEqualTo(100);
        stored = stored.without(stored.next(alice.device(), 2).orElseThrow());

        assertThat(topUp(source)).isInstanceOf(Answer.Good.class);
        assertThat(stored.left()).isEqualTo(100);
        assertThat(stored.highest()).isEqualTo(100);
        int before = taken.size();
        topUp(left -> new PrekeyBatch(List.of(), List.of()));
        assertThat(taken).hasSize(before);
    }

    @Test
    void believesWhatTheAccountHasSigned() {
        bundle = bundle(bob, 2, bob.listed(), tablet);
        Bodies.AccountDevices now = new Bodies.AccountDevices(bundle.account(), bundle.list());

        assertThat(ask(null)).isEqualTo(new BundleResult.Good(bundle, now));
        assertThat(ask(now)).isEqualTo(new BundleResult.Good(bundle, now));
        bundle = bundle(bob, 3, bob.listed());
        assertThat(ask(now)).isInstanceOf(BundleResult.Good.class);
    }

    @Test
    void believesNoListThatABrokerMadeUp() {
        PrekeyBodies.Bundle honest = bundle(bob, 2, bob.listed());
        bundle = new PrekeyBodies.Bundle(
                honest.account(),
                new DeviceList(2, List.of(tablet), honest.list().signature()),
                List.of());
        isNotBelieved(BundleFault.FORGED, null);
        bundle = bundle(Identity.draw(random), 2, bob.listed());
        isNotBelieved(BundleFault.FORGED, null);
    }

    @Test
    void tellsThatTheAddressIsAnotherAccountsNow() {
        PrekeyBodies.Bundle before = bundle(bob, 5, bob.listed());
        bundle = bundle(Identity.draw(random).at(bob.tag()), 9, tablet);

        isNotBelieved(BundleFault.OTHER_ACCOUNT, new Bodies.AccountDevices(before.account(), before.list()));
        assertThat(ask(null)).isInstanceOf(BundleResult.Good.class);
    }

    @Test
    void believesNoOlderListAndNoOtherOfTheSameVersion() {
        PrekeyBodies.Bundle seen = bundle(bob, 5, bob.listed());
        Bodies.AccountDevices known = new Bodies.AccountDevices(seen.account(), seen.list());
        bundle = bundle(bob, 4, bob.listed(), tablet);
        isNotBelieved(BundleFault.OLDER_LIST, known);
        bundle = bundle(bob, 5, bob.listed(), tablet);
        isNotBelieved(BundleFault.OLDER_LIST, known);
    }

    @Test
    void takesNoPrekeyThatItDidNotAskFor() {
        PrekeyBodies.Bundle honest = bundle(bob, 2, bob.listed());
        BundledPrekey given = honest.prekeys().get(0);
        BundledPrekey stranger = new BundledPrekey(tablet.id(), false, given.prekey());
        Prekey otherSuite = new Prekey(3, 7, given.prekey().body());
        for (List<BundledPrekey> wrong : List.of(
                List.of(stranger),
                List.of(given, given),
                List.of(new BundledPrekey(given.device(), true, otherSuite)))) {
            bundle = new PrekeyBodies.Bundle(honest.account(), honest.list(), wrong);
            isNotBelieved(BundleFault.NOT_ASKED, null);
        }
    }

    @Test
    void tellsWhyThereIsNone() {
        assertThat(ask(null)).isEqualTo(new BundleResult.Refused(Problem.of(ProblemType.NOT_FOUND)));
        broker.close();
        assertThat(ask(null)).isInstanceOf(BundleResult.Unreachable.class);
    }
}
