package lethe.registrar.verifier;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import lethe.client.http.Answer;
import lethe.client.http.TaggerHttp;
import lethe.client.http.VerifierHttp;
import lethe.client.permit.PermitKey;
import lethe.client.sealing.SessionRequest;
import lethe.client.tagging.TagClient;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.PlainIdentifier.Kind;
import lethe.core.protocol.Problem;
import lethe.core.protocol.VerifierBodies.OpenSession;
import lethe.oprf.PinnedKey;
import lethe.registrar.Hands;
import lethe.registrar.http.Limits;
import lethe.registrar.http.Port;
import lethe.registrar.sms.Centre;
import lethe.registrar.sms.SmppSender;
import lethe.registrar.sms.SmppSettings;
import lethe.registrar.sms.SmsSender;
import lethe.registrar.tagger.LoopbackTagger;
import lethe.wire.Encoding;
import org.jspecify.annotations.Nullable;

/** A verifier on a real port, its centre behind real SMPP and its taggers behind real HTTP; its clock stands still. */
final class Installed implements AutoCloseable {
    static final DeviceKey ACCOUNT = new DeviceKey(Opaque.wrap(new byte[32]));
    static final Opaque NONCE = Opaque.wrap(new byte[16]);
    static final PermitKey PERMIT_KEY = PermitKey.draw(new Random(9));

    final VerifierKeyring keys;
    final Hands clock;
    final VerifierHttp phone;
    final URI address;

    final Texts texts;

    private final SmsSender sms;
    private final Port port;

    Installed(Centre centre, PinnedKey pinned, LoopbackTagger... taggers) throws IOException {
        this(VerifierKeyring.draw(new Random(5)), new Hands(), centre, null, pinned, taggers);
    }

    Installed(
            VerifierKeyring keys,
            Hands clock,
            Centre centre,
            @Nullable String shortCode,
            PinnedKey pinned,
            LoopbackTagger... taggers)
            throws IOException {
        this.keys = keys;
        this.clock = clock;
        HttpClient http = HttpClient.newHttpClient();
        List<TaggerHttp> asked = List.of(taggers).stream()
                .map(tagger -> new TaggerHttp(http, tagger.address(), Encoding.CBOR))
                .toList();
        TagClient tags =
                new TagClient(pinned, asked, ForkJoinPool.commonPool(), new Random(6)).showing(keys.own(), clock);
        Bounds bounds = Bounds.usual();
        Sessions sessions = new Sessions(bounds, new Random(7), shortCode);
        texts = new Texts(sessions, clock);
        sms = SmppSender.start(
                new SmppSettings(
                        "127.0.0.1",
                        centre.port(),
                        "lethe",
                        Centre.PASSWORD,
                        "Lethe",
                        shortCode,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(5),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100)),
                texts);
        port = Port.openOnLoopback(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Limits.whoWaitForOthers(),
                new VerifierService(new Verifier(keys, sessions, bounds, sms, tags, clock)));
        address = URI.create("http://127.0.0.1:" + port.address().getPort());
        phone = new VerifierHttp(http, address, Encoding.CBOR);
    }

    /** What a phone with this number asks with. */
    OpenSession sealed(String number) {
        return keys.pinned()
                .sealing()
                .seal(
                        new SessionRequest(
                                PlainIdentifier.of(Kind.NUMBER, number), ACCOUNT, PERMIT_KEY.publicKey(), NONCE),
                        new Random(8));
    }

    static <T> T good(CompletionStage<Answer<T>> answer) throws Exception {
        return ((Answer.Good<T>) answer.toCompletableFuture().get(20, TimeUnit.SECONDS)).value();
    }

    static Problem problem(CompletionStage<? extends Answer<?>> answer) throws Exception {
        return ((Answer.Refused<?>) answer.toCompletableFuture().get(20, TimeUnit.SECONDS)).problem();
    }

    @Override
    public void close() {
        port.close();
        sms.close();
    }
}
