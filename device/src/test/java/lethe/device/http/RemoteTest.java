package lethe.device.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.concurrent.TimeUnit;
import lethe.client.http.Answer;
import lethe.client.http.Remote;
import lethe.core.identity.Opaque;
import lethe.device.ScriptedBroker;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import org.junit.jupiter.api.Test;

/** What comes of asking somebody who may be anybody. */
class RemoteTest {
    private static final int BOUND = 1000;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void anAnswerUpToTheBoundIsRead() throws Exception {
        assertThat(answer(200, BOUND)).isEqualTo(new Answer.Good<>(BOUND));
    }

    @Test
    void aLongerOneIsNone() throws Exception {
        assertThat(answer(200, BOUND + 1)).isInstanceOf(Answer.Unreachable.class);
        assertThat(answer(200, 100 * BOUND)).isInstanceOf(Answer.Unreachable.class);
    }

    @Test
    void aRefusalThatIsNoProblemIsNone() throws Exception {
        assertThat(answer(503, 10))
                .isInstanceOfSatisfying(
                        Answer.Unreachable.class,
                        none -> assertThat(none.why()).contains("with status 503 is no oracle"));
    }

    private Answer<Integer> answer(int status, int length) throws Exception {
        try (ScriptedBroker broker = new ScriptedBroker(
                request -> new ScriptedBroker.Response(status, "application/json", Opaque.wrap(new byte[length])))) {
            Remote remote = new Remote(http, broker.uri(), Encoding.JSON, "oracle", BOUND);
            return remote.send(remote.request("/").build(), body -> new Decoded.Good<>(body.length))
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void nobodyIsNamedByAddressOnly() throws Exception {
        URI nowhere = URI.create("http://127.0.0.1:1");
        Remote remote = new Remote(http, nowhere, Encoding.JSON, "oracle", BOUND);

        assertThat(remote.send(remote.request("/secret").build(), body -> new Decoded.Good<>(true))
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS))
                .isEqualTo(new Answer.Unreachable<>("no oracle answers at " + nowhere));
    }
}
