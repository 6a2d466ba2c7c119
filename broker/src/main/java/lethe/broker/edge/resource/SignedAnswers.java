package lethe.broker.edge.resource;

import akka.http.javadsl.model.HttpEntity;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import lethe.broker.edge.signature.ContentDigest;
import lethe.broker.lookup.SetSigner;
import lethe.core.identity.Opaque;

/**
 * Answers that the installation signs (RFC 9421, over {@code @status} and {@code content-digest}), so that whoever got
 * one can show it to others. The key is the one that phones pin for what is published.
 */
public final class SignedAnswers {
    private static final String COMPONENTS = "(\"@status\" \"content-digest\")";

    private final SetSigner signer;
    private final Clock clock;

    public SignedAnswers(SetSigner signer, Clock clock) {
        this.signer = signer;
        this.clock = clock;
    }

    HttpResponse ok(HttpRequest request, Record body) {
        HttpResponse answer = Answers.ok(request, body);
        if (!(answer.entity() instanceof HttpEntity.Strict strict)
                || answer.status().intValue() != 200) {
            return answer;
        }
        String digest = ContentDigest.of(Opaque.wrap(strict.getData().toArray()));
        String parameters = COMPONENTS + ";created=" + clock.instant().getEpochSecond() + ";keyid=\""
                + signer.publicKey().bytes().toText() + "\";alg=\"ed25519\";tag=\"lethe/1\"";
        String base = "\"@status\": 200\n\"content-digest\": " + digest + "\n\"@signature-params\": " + parameters;
        Opaque signature = signer.sign(base.getBytes(StandardCharsets.US_ASCII));
        return answer.addHeader(RawHeader.create("Content-Digest", digest))
                .addHeader(RawHeader.create("Signature-Input", "sig=" + parameters))
                .addHeader(RawHeader.create(
                        "Signature", "sig=:" + Base64.getEncoder().encodeToString(signature.toBytes()) + ":"));
    }
}
