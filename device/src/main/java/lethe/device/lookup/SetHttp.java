package lethe.device.lookup;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import lethe.client.http.Answer;
import lethe.client.http.Remote;
import lethe.core.identity.Opaque;
import lethe.core.lookup.PublishedSet;
import lethe.core.lookup.SetIndex;
import lethe.wire.Decoded;
import lethe.wire.Encoding;
import lethe.wire.Payloads;

/** What a broker publishes of who is listed. Says nothing about this phone but its IP address. */
final class SetHttp {
    private static final String PATH = "/v1/set";

    /** Of an index of a thousand items. */
    private static final int MOST_OF_INDEX = 1 << 17;

    private final HttpClient http;
    private final URI broker;

    SetHttp(HttpClient http, URI broker) {
        this.http = http;
        this.broker = broker;
    }

    /**
     * What there is.
     *
     * @param known what the phone has: if it is still that, the broker sends nothing
     */
    CompletionStage<Answer<Opaque>> index(Optional<Opaque> known) {
        Remote remote = remote(MOST_OF_INDEX);
        HttpRequest.Builder request = remote.request(PATH).GET();
        known.ifPresent(bytes ->
                request.header("If-None-Match", "\"" + KeptSets.hash(bytes).toText() + "\""));
        return known.isPresent()
                ? remote.sendUnlessKnown(request.build(), SetHttp::index, known.get())
                : remote.send(request.build(), SetHttp::index);
    }

    private static Decoded<Opaque> index(byte[] body) {
        Decoded<SetIndex> index = Payloads.decode(Encoding.CBOR, SetIndex.class, body);
        return index instanceof Decoded.Bad<SetIndex> bad
                ? new Decoded.Bad<>(bad.problem())
                : new Decoded.Good<>(Opaque.wrap(body));
    }

    /** The bytes of a set; not more than the index says. */
    CompletionStage<Answer<Opaque>> set(PublishedSet set) {
        String path =
                PATH + "/" + set.day() + set.hourOfDay().map(hour -> "/" + hour).orElse("");
        Remote remote = remote((int) set.size());
        return remote.send(remote.request(path).GET().build(), body -> new Decoded.Good<>(Opaque.wrap(body)));
    }

    private Remote remote(int bound) {
        return new Remote(http, broker, Encoding.CBOR, "broker", bound);
    }
}
