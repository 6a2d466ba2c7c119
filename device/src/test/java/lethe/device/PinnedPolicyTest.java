package lethe.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import lethe.client.http.Answer;
import lethe.core.consent.Policy;
import lethe.core.consent.Scope;
import lethe.core.consent.SignedPolicy;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.ProblemType;
import lethe.device.sms.SmsResult;
import lethe.device.store.Durability;
import lethe.device.store.FileStore;
import lethe.wire.Encoding;
import lethe.wire.Payloads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A phone that has its operator's policy key pinned believes no broker. */
class PinnedPolicyTest {
    private static final KeyPair OPERATOR = keys();
    private static final String TEXT = "Lethe carries your messages and forgets them.";

    @TempDir
    private Path directory;

    private Bodies.PolicyInForce shown = signed(OPERATOR, 3, TEXT);
    private final ScriptedBroker broker = new ScriptedBroker(this::answer);
    private DeviceRuntime runtime;
    private FileStore store;
    private DeviceClient client;

    @BeforeEach
    void start() {
        runtime = DeviceRuntime.ofThreads(2);
        store = FileStore.open(directory, Durability.PROCESS, new Random(3)).orElseThrow();
        client = new DeviceClient(
                DeviceSettings.of(broker.uri()).pinning(DeviceKey.of(OPERATOR.getPublic())),
                runtime,
                store,
                (id, sms) -> CompletableFuture.completedFuture(SmsResult.FAILED),
                event -> {});
    }

    @AfterEach
    void stop() {
        client.close();
        broker.close();
    }

    @Test
    void optsInToWhatItsOperatorHasSigned() {
        assertThat(policy()).isEqualTo(new Answer.Good<>(shown));
        assertThat(optIn(shown)).isInstanceOf(Answer.Good.class);
        assertThat(client.isOptedIn()).isTrue();
    }

    @Test
    void refusesAPolicyThatNobodyHasSigned() {
        shown = Bodies.PolicyInForce.of(Policy.of(3, TEXT), TEXT);

        assertRefused(ProblemType.NOT_AUTHENTIC);
    }

    @Test
    void refusesAPolicyThatSomebodyElseHasSigned() {
        shown = signed(keys(), 3, TEXT);

        assertRefused(ProblemType.NOT_AUTHENTIC);
    }

    @Test
    void refusesAnotherEpochUnderAnHonestSignature() {
        Bodies.PolicyInForce good = signed(OPERATOR, 3, TEXT);
        shown = new Bodies.PolicyInForce(4, good.textHash(), TEXT, good.at(), good.signature());

        assertRefused(ProblemType.NOT_AUTHENTIC);
    }

    @Test
    void refusesAnotherTextUnderAnHonestSignature() {
        Bodies.PolicyInForce good = signed(OPERATOR, 3, TEXT);
        shown = new Bodies.PolicyInForce(3, good.textHash(), "Read nothing, agree.", good.at(), good.signature());

        assertRefused(ProblemType.OTHER_TEXT);
    }

    @Test
    void refusesALowerEpochThanItHasSeenAlsoAfterARestart() {
        assertThat(policy()).isInstanceOf(Answer.Good.class);
        shown = signed(OPERATOR, 2, TEXT);
        assertRefused(ProblemType.OUTDATED_POLICY);

        client.close();
        start();

        assertRefused(ProblemType.OUTDATED_POLICY);
        shown = signed(OPERATOR, 3, TEXT);
        assertThat(policy()).isInstanceOf(Answer.Good.class);
    }

    /** Else a broker that lies once would lock the phone out. */
    @Test
    void doesNotRememberWhatItDidNotBelieve() {
        shown = signed(keys(), 9, TEXT);
        assertRefused(ProblemType.NOT_AUTHENTIC);

        shown = signed(OPERATOR, 3, TEXT);

        assertThat(policy()).isInstanceOf(Answer.Good.class);
    }

    private void assertRefused(ProblemType type) {
        Answer<Bodies.PolicyInForce> answer = policy();
        assertThat(answer).isInstanceOf(Answer.Refused.class);
        assertThat(((Answer.Refused<Bodies.PolicyInForce>) answer).problem().type())
                .isEqualTo(type);
        int asked = broker.requests.size();
        assertThat(optIn(shown)).isInstanceOf(Answer.Refused.class);
        assertThat(broker.requests).hasSize(asked);
        assertThat(client.isOptedIn()).isFalse();
    }

    private Answer<Bodies.PolicyInForce> policy() {
        return await(client.policy());
    }

    private Answer<Bodies.ConsentOnFile> optIn(Bodies.PolicyInForce policy) {
        return await(client.optIn(policy, Set.of(Scope.IP)));
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }

    private ScriptedBroker.Response answer(ScriptedBroker.Request request) {
        return request.path().equals("/v1/policy")
                ? new ScriptedBroker.Response(
                        200, Encoding.CBOR.mediaType(), Opaque.wrap(Payloads.encode(Encoding.CBOR, shown)))
                : new Resources().apply(request);
    }

    private static Bodies.PolicyInForce signed(KeyPair keys, long epoch, String text) {
        try {
            Policy policy = Policy.of(epoch, text);
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(keys.getPrivate());
            signature.update(SignedPolicy.statement(policy, Given.NOW));
            return Bodies.PolicyInForce.of(new SignedPolicy(policy, text, Given.NOW, Opaque.wrap(signature.sign())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
