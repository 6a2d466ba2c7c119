package lethe.registrar.verifier;

import static lethe.registrar.verifier.Installed.good;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import lethe.client.http.Answer;
import lethe.client.http.TaggerHttp;
import lethe.client.permit.HeldPermit;
import lethe.client.tagging.TagAnswer;
import lethe.client.tagging.TagClient;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.PlainIdentifier.Kind;
import lethe.core.permit.Permission;
import lethe.core.permit.Permit;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.protocol.TaggerBodies.Evaluate;
import lethe.core.protocol.TaggerBodies.Evaluation;
import lethe.core.protocol.VerifierBodies.Registration;
import lethe.oprf.Batch;
import lethe.oprf.SecretKey;
import lethe.registrar.Hands;
import lethe.registrar.sms.Centre;
import lethe.registrar.tagger.LoopbackTagger;
import lethe.wire.Encoding;
import org.jsmpp.bean.SubmitSm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a proven number to its tagger's limits: a verifier, a tagger that knows it, and phones, over HTTP. */
class PermitsInUseTest {
    private static final String NUMBER = "+4915110000001";

    private final Random random = new Random(4);
    private final HttpClient http = HttpClient.newHttpClient();
    private final Hands clock = new Hands();
    private final VerifierKeyring keys = VerifierKeyring.draw(random);
    private final SecretKey key = SecretKey.draw(random);
    private Centre centre;
    private LoopbackTagger tagger;
    private Installed verifier;

    @BeforeEach
    void open() throws Exception {
        centre = new Centre();
        tagger = new LoopbackTagger(key, clock, keys.pinned().signing());
        verifier = new Installed(keys, clock, centre, null, tagger.pinned(), tagger);
    }

    @AfterEach
    void close() throws Exception {
        verifier.close();
        tagger.close();
        centre.close();
    }

    /** The verifier itself has asked it for a tag by then, with a permit of its own. */
    @Test
    void aProvenNumberMayAskForItsContacts() throws Exception {
        HeldPermit permit = proven(NUMBER);

        assertThat(permit.permit().expires())
                .isEqualTo(clock.instant().plus(Duration.ofDays(90)).truncatedTo(ChronoUnit.DAYS));
        assertThat(((TagAnswer.Tags) contacts(permit, 300)).tags()).hasSize(300).doesNotHaveDuplicates();
    }

    @Test
    void aNumberHasOnePseudonymAndOneAllowance() throws Exception {
        HeldPermit first = proven(NUMBER);
        assertThat(contacts(first, 1000)).isInstanceOf(TagAnswer.Tags.class);
        clock.advance(Duration.ofSeconds(60));
        HeldPermit again = proven(NUMBER);
        HeldPermit another = proven("+4915110000002");

        assertThat(again.permit().pseudonym()).isEqualTo(first.permit().pseudonym());
        Problem used = ((TagAnswer.Refused) contacts(again, 1)).problem();
        assertThat(used.type()).isEqualTo(ProblemType.TOO_MANY_REQUESTS);
        assertThat(used.limit()).isEqualTo(1000);
        assertThat(used.retryAfter()).isBetween(Duration.ofHours(2), Duration.ofMinutes(144));
        assertThat(another.permit().pseudonym()).isNotEqualTo(first.permit().pseudonym());
        assertThat(contacts(another, 1)).isInstanceOf(TagAnswer.Tags.class);
        clock.advance(Objects.requireNonNull(used.retryAfter()));
        assertThat(contacts(again, 1)).isInstanceOf(TagAnswer.Tags.class);
    }

    @Test
    void nobodyElseMayAsk() throws Exception {
        HeldPermit permit = proven(NUMBER);
        Evaluate batch = batch();

        assertThat(refusal(batch).type()).isEqualTo(ProblemType.NOT_AUTHENTIC);
        Permission ofAnother = permit.show(batch(), clock.instant(), random).permission();
        assertThat(refusal(batch.with(Objects.requireNonNull(ofAnother))).type())
                .isEqualTo(ProblemType.NOT_AUTHENTIC);
        VerifierKeyring others = VerifierKeyring.draw(random);
        Permit forged = others.signing()
                .permit(
                        permit.permit().pseudonym(),
                        permit.permit().key(),
                        permit.permit().expires());
        assertThat(refusal(new HeldPermit(forged, permit.key()).show(batch, clock.instant(), random))
                        .type())
                .isEqualTo(ProblemType.NOT_AUTHENTIC);
        assertThat(refusal(others.own().show(batch, clock.instant(), random)).type())
                .isEqualTo(ProblemType.NOT_AUTHENTIC);
    }

    @Test
    void aRequestIsAnsweredOnceAndSoon() throws Exception {
        HeldPermit permit = proven(NUMBER);
        Evaluate shown = permit.show(batch(), clock.instant(), random);
        Instant hourAgo = clock.instant().minus(Duration.ofHours(1));
        Instant inAnHour = clock.instant().plus(Duration.ofHours(1));

        assertThat(good(ask(shown)).evaluated()).hasSize(10);
        assertThat(refusal(shown).type()).isEqualTo(ProblemType.REPLAYED);
        assertThat(refusal(permit.show(batch(), hourAgo, random)).type()).isEqualTo(ProblemType.REPLAYED);
        assertThat(refusal(permit.show(batch(), inAnHour, random)).type()).isEqualTo(ProblemType.REPLAYED);
        clock.advance(Duration.ofSeconds(61));
        assertThat(refusal(shown).type()).isEqualTo(ProblemType.REPLAYED);
        assertThat(good(ask(permit.show(batch(), clock.instant(), random))).evaluated())
                .hasSize(10);
    }

    @Test
    void aPermitExpires() throws Exception {
        HeldPermit permit = proven(NUMBER);
        clock.advance(Duration.ofDays(90));

        Problem expired = refusal(permit.show(batch(), clock.instant(), random));

        assertThat(expired.type()).isEqualTo(ProblemType.NOT_AUTHENTIC);
        assertThat(expired.detail()).contains("expired");
    }

    /** Each of the two counts for itself, and the same. */
    @Test
    void bothTaggersOfASplitKeyWantIt() throws Exception {
        HeldPermit permit = proven(NUMBER);
        SecretKey one = SecretKey.draw(random);
        SecretKey other = key.minus(one).orElseThrow();
        try (LoopbackTagger first = new LoopbackTagger(one, clock, keys.pinned().signing());
                LoopbackTagger second =
                        new LoopbackTagger(other, clock, keys.pinned().signing())) {
            TagClient unknown = client(first, second);
            TagClient known = unknown.showing(permit, clock);

            assertThat(((TagAnswer.Refused) tags(unknown, 1)).problem().type()).isEqualTo(ProblemType.NOT_AUTHENTIC);
            assertThat(((TagAnswer.Tags) tags(known, 1000)).tags()).hasSize(1000);
            assertThat(((TagAnswer.Refused) tags(known, 1)).problem().type()).isEqualTo(ProblemType.TOO_MANY_REQUESTS);
        }
    }

    /** Of its own tags it is refused none, however many numbers it proves. */
    @Test
    void aVerifierIsBoundedByItselfAlone() throws Exception {
        TagClient own = client(tagger).showing(keys.own(), clock);

        for (int time = 0; time < 5; time++) {
            assertThat(tags(own, 250)).isInstanceOf(TagAnswer.Tags.class);
        }
        Evaluate shown = keys.own().show(batch(), clock.instant(), random);
        assertThat(good(ask(shown)).evaluated()).hasSize(10);
        assertThat(refusal(shown).type()).isEqualTo(ProblemType.REPLAYED);
    }

    private HeldPermit proven(String number) throws Exception {
        Registration opened = good(verifier.phone.open(verifier.sealed(number)));
        good(verifier.phone.requestCode(opened.id()));
        SubmitSm sms = Objects.requireNonNull(centre.taken.poll(10, TimeUnit.SECONDS), "no SMS came");
        String code = new String(sms.getShortMessage(), StandardCharsets.US_ASCII).substring(0, 6);
        return new HeldPermit(good(verifier.phone.submit(opened.id(), code)).permit(), Installed.PERMIT_KEY);
    }

    private TagAnswer contacts(HeldPermit permit, int count) throws Exception {
        return tags(client(tagger).showing(permit, clock), count);
    }

    private TagClient client(LoopbackTagger... taggers) {
        return new TagClient(
                tagger.pinned(),
                List.of(taggers).stream()
                        .map(each -> new TaggerHttp(http, each.address(), Encoding.CBOR))
                        .toList(),
                ForkJoinPool.commonPool(),
                random);
    }

    private static TagAnswer tags(TagClient client, int count) throws Exception {
        return client.tags(numbers(count)).toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private Evaluate batch() {
        return Batch.of(numbers(3), random).request(tagger.pinned());
    }

    private CompletionStage<Answer<Evaluation>> ask(Evaluate request) {
        return new TaggerHttp(http, tagger.address(), Encoding.JSON).evaluate(request);
    }

    private Problem refusal(Evaluate request) throws Exception {
        return Installed.problem(ask(request));
    }

    private static List<PlainIdentifier> numbers(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> PlainIdentifier.of(Kind.NUMBER, "+49151" + (20_000_000 + i)))
                .toList();
    }
}
