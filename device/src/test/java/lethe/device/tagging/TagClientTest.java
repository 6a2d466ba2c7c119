package lethe.device.tagging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lethe.client.http.TaggerHttp;
import lethe.client.tagging.TagAnswer;
import lethe.client.tagging.TagClient;
import lethe.core.identity.Opaque;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.Tag;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.protocol.TaggerBodies.Evaluation;
import lethe.device.ScriptedBroker;
import lethe.oprf.Blinding;
import lethe.oprf.Fault;
import lethe.oprf.PinnedKey;
import lethe.oprf.SecretKey;
import lethe.wire.Encoding;
import lethe.wire.Payloads;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A phone gets the tags of its contacts from taggers that it need not trust, on real sockets. */
class TagClientTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Random random = new Random(42);
    private final SecretKey key = SecretKey.draw(random);
    private final SecretKey first = SecretKey.draw(random);
    private final SecretKey second = key.minus(first).orElseThrow();
    private final PinnedKey pinned = new PinnedKey(4, key.publicKey());
    private final HandMadeTagger whole = new HandMadeTagger(key);
    private final HandMadeTagger one = new HandMadeTagger(first);
    private final HandMadeTagger other = new HandMadeTagger(second);

    @AfterEach
    void close() {
        Stream.of(whole, one, other).forEach(HandMadeTagger::close);
    }

    @ParameterizedTest
    @EnumSource
    void getsOneTagForEachNumber(Encoding encoding) throws Exception {
        TagClient client = client(whole.asked(http, encoding));

        assertThat(ask(client, 5)).isEqualTo(new TagAnswer.Tags(expected(5)));
    }

    @Test
    void asksForFirstSyncInTwoBatches() throws Exception {
        List<Tag> tags = ((TagAnswer.Tags) ask(client(whole.asked(http, Encoding.CBOR)), 300)).tags();

        assertThat(tags).hasSize(300).doesNotHaveDuplicates();
        assertThat(List.of(tags.get(0), tags.get(299)))
                .isEqualTo(List.of(expected(1).get(0), tag(numbers(300).get(299))));
        assertThat(whole.shown())
                .extracting(request -> request.blinded().size())
                .containsExactly(250, 100);
    }

    @Test
    void asksTwoTaggersForTheSameTags() throws Exception {
        TagClient client = client(one.asked(http, Encoding.CBOR), other.asked(http, Encoding.JSON));

        assertThat(ask(client, 5)).isEqualTo(new TagAnswer.Tags(expected(5)));
        assertThat(one.shown()).isEqualTo(other.shown());
    }

    @Test
    void showsNobodyANumberNorTheSameElementTwice() throws Exception {
        TagClient client = client(whole.asked(http, Encoding.JSON));
        ask(client, 10);
        ask(client, 10);

        List<Opaque> shown = whole.shown().stream()
                .flatMap(request -> request.blinded().stream())
                .toList();
        assertThat(shown).hasSize(20).doesNotHaveDuplicates();
        assertThat(whole.server.requests)
                .extracting(request -> request.path()
                        + request.headers()
                        + new String(request.body().shared(), StandardCharsets.ISO_8859_1))
                .allSatisfy(text -> assertThat(text).doesNotContain("4915110000"));
    }

    @Test
    void asksNobodyForNothing() throws Exception {
        assertThat(ask(client(whole.asked(http, Encoding.CBOR)), 0)).isEqualTo(new TagAnswer.Tags(List.of()));
        assertThat(whole.server.connections()).isZero();
    }

    /** A key for one person alone would tell the tagger who it is. */
    @Test
    void doesNotBelieveAnotherKey() throws Exception {
        assertThat(ask(client(one.asked(http, Encoding.CBOR)), 3))
                .isEqualTo(new TagAnswer.NotBelieved(Fault.OTHER_KEY));
    }

    @Test
    void doesNotBelieveTheRightKeyWithResultsOfAnother() throws Exception {
        Opaque rightKey = key.publicKey().element().bytes();
        one.dishonesty = honest -> new Evaluation(honest.version(), rightKey, honest.evaluated(), honest.proof());

        assertThat(ask(client(one.asked(http, Encoding.CBOR)), 3))
                .isEqualTo(new TagAnswer.NotBelieved(Fault.NOT_PROVEN));
    }

    @Test
    void doesNotBelieveOneOfTwo() throws Exception {
        other.dishonesty = honest -> {
            List<Opaque> swapped = new ArrayList<>(honest.evaluated());
            swapped.add(swapped.remove(0));
            return new Evaluation(honest.version(), honest.key(), swapped, honest.proof());
        };

        assertThat(ask(client(one.asked(http, Encoding.CBOR), other.asked(http, Encoding.CBOR)), 3))
                .isEqualTo(new TagAnswer.NotBelieved(Fault.NOT_PROVEN));
    }

    @Test
    void doesNotBelieveAnotherVersion() throws Exception {
        whole.dishonesty = honest -> new Evaluation(3, honest.key(), honest.evaluated(), honest.proof());

        assertThat(ask(client(whole.asked(http, Encoding.CBOR)), 3))
                .isEqualTo(new TagAnswer.NotBelieved(Fault.OTHER_VERSION));
    }

    @Test
    void doesNotBelieveWhatIsNoElement() throws Exception {
        Opaque nothing = Opaque.wrap(new byte[33]);
        whole.dishonesty = honest -> new Evaluation(honest.version(), nothing, honest.evaluated(), honest.proof());

        assertThat(ask(client(whole.asked(http, Encoding.CBOR)), 3))
                .isEqualTo(new TagAnswer.NotBelieved(Fault.MALFORMED));
    }

    @Test
    void hearsWhatATaggerRefuses() throws Exception {
        Problem busy = Problem.of(ProblemType.OVERLOADED).withRetryAfter(Duration.ofSeconds(2));
        try (ScriptedBroker refusing = new ScriptedBroker(request -> new ScriptedBroker.Response(
                503, "application/problem+json", Opaque.wrap(Payloads.encode(Encoding.JSON, busy))))) {
            TaggerHttp tagger = new TaggerHttp(http, refusing.uri(), Encoding.CBOR);

            assertThat(ask(client(one.asked(http, Encoding.CBOR), tagger), 3)).isEqualTo(new TagAnswer.Refused(busy));
        }
    }

    @Test
    void hasNoTagsWhenOneOfTwoIsAway() throws Exception {
        other.close();

        assertThat(ask(client(one.asked(http, Encoding.CBOR), other.asked(http, Encoding.CBOR)), 3))
                .isInstanceOf(TagAnswer.Unreachable.class);
    }

    @Test
    void needsATagger() {
        assertThatThrownBy(() -> client()).isInstanceOf(IllegalArgumentException.class);
    }

    private TagClient client(TaggerHttp... taggers) {
        return new TagClient(pinned, List.of(taggers), ForkJoinPool.commonPool(), random);
    }

    private static TagAnswer ask(TagClient client, int numbers) throws Exception {
        return client.tags(numbers(numbers)).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private List<Tag> expected(int numbers) {
        return numbers(numbers).stream().map(this::tag).toList();
    }

    private Tag tag(PlainIdentifier number) {
        Blinding blinding = Blinding.of(number, random);
        return blinding.finish(
                key.evaluate(List.of(blinding.blinded()), random).elements().get(0));
    }

    private static List<PlainIdentifier> numbers(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> PlainIdentifier.of(PlainIdentifier.Kind.NUMBER, "+49151" + (10_000_000 + i)))
                .toList();
    }
}
