package lethe.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import lethe.client.http.Answer;
import lethe.core.account.DeviceList;
import lethe.core.consent.Scope;
import lethe.core.identity.Opaque;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.device.http.BrokerHttp;
import lethe.device.http.RequestSigner;
import lethe.device.store.Identity;
import lethe.device.store.MemoryStore;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Payloads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Before a broker that refuses as often as the test says, and then takes what it is shown. */
class ShowingTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private final Random random = new Random(1);
    private final Identity phone = Identity.draw(random);
    private final MemoryStore store = new MemoryStore(phone);
    private final Resources resources = new Resources();
    private final Queue<Problem> refusals = new ArrayDeque<>();
    private final ScriptedBroker broker = new ScriptedBroker(this::answer);
    private final BrokerHttp http = new BrokerHttp(
            HttpClient.newHttpClient(),
            broker.uri(),
            Encoding.CBOR,
            new RequestSigner(phone, Clock.systemUTC(), random));
    private final Showing showing = new Showing(store, http, new AccountDevices(store, http, CLOCK));

    private synchronized ScriptedBroker.Response answer(ScriptedBroker.Request request) {
        Problem refusal = refusals.poll();
        return refusal == null
                ? resources.apply(request)
                : new ScriptedBroker.Response(
                        refusal.type().status(),
                        Encoding.CBOR.problemMediaType(),
                        Opaque.wrap(Payloads.encode(Encoding.CBOR, refusal)));
    }

    @AfterEach
    void close() {
        broker.close();
    }

    private synchronized void givenItRefuses(Problem... problems) {
        refusals.addAll(List.of(problems));
    }

    private Answer<Bodies.ConsentOnFile> optIn() {
        return showing.optIn(Resources.policy(), Set.of(Scope.IP), NOW, null)
                .toCompletableFuture()
                .join();
    }

    /** The versions of the lists that were shown, in turn; 0 for none. */
    private List<Long> versions() {
        List<Long> versions = new ArrayList<>();
        synchronized (broker) {
            for (ScriptedBroker.Request request : broker.requests) {
                Decoded<Bodies.OptIn> read = Payloads.decode(
                        Encoding.CBOR, Bodies.OptIn.class, request.body().shared());
                Bodies.AccountClaim claim =
                        ((Decoded.Good<Bodies.OptIn>) read).value().account();
                versions.add(claim == null ? 0 : claim.list().version());
            }
        }
        return versions;
    }

    @Test
    void showsTheAccountsFirstListAndTheSameOneTheNextTime() {
        assertThat(optIn()).isInstanceOf(Answer.Good.class);
        assertThat(optIn()).isInstanceOf(Answer.Good.class);

        assertThat(versions()).containsExactly(NOW.getEpochSecond(), NOW.getEpochSecond());
        assertThat(store.devices().map(DeviceList::version)).contains(NOW.getEpochSecond());
    }

    @Test
    void leavesALaterListOfTheAccountAsItIs() {
        givenItRefuses(Problem.of(ProblemType.STALE_LIST).withLimit(NOW.getEpochSecond() + 5));

        assertThat(optIn()).isInstanceOf(Answer.Good.class);

        assertThat(versions()).containsExactly(NOW.getEpochSecond(), 0L);
        assertThat(store.devices().map(DeviceList::version)).contains(NOW.getEpochSecond());
    }

    @Test
    void goesBeyondTheListOfTheAccountThatHadTheAddress() {
        long theirs = NOW.getEpochSecond() + 5;
        givenItRefuses(Problem.of(ProblemType.STALE_LIST).withLimit(theirs), Problem.of(ProblemType.OTHER_DEVICE));

        assertThat(optIn()).isInstanceOf(Answer.Good.class);

        assertThat(versions()).containsExactly(NOW.getEpochSecond(), 0L, theirs + 1);
        DeviceList shown = store.devices().orElseThrow();
        assertThat(shown.version()).isEqualTo(theirs + 1);
        assertThat(shown.isSignedBy(phone.account().orElseThrow(), phone.tag())).isTrue();
    }

    @Test
    void isRefusedAsItIsRefused() {
        givenItRefuses(Problem.of(ProblemType.NOT_PROVEN));

        assertThat(optIn())
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.problem().type()).isEqualTo(ProblemType.NOT_PROVEN));
        assertThat(versions()).hasSize(1);
    }
}
