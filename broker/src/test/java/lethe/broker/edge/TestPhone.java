package lethe.broker.edge;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import lethe.core.account.Device;
import lethe.core.account.DeviceList;
import lethe.core.consent.Consent;
import lethe.core.consent.Policy;
import lethe.core.consent.Scope;
import lethe.core.identity.DeviceId;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.core.ownership.Ownership;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.ClientFrame;
import lethe.wire.Encoding;
import lethe.wire.Payloads;
import org.jspecify.annotations.Nullable;

/** A phone as an outsider would write it from the documents: its own keys, its own signing, the JDK's HTTP client. */
final class TestPhone {
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private static final Set<Scope> SCOPES = Set.of(Scope.IP, Scope.SMS_DEVICE);

    private String base;
    private long epoch = 1;
    /** Of the account's first list: later than those of the account before. */
    private final long firstList;

    private final KeyPair keys;
    final KeyPair account;
    final Tag tag;
    final DeviceId device;

    TestPhone(TestEdge edge) throws GeneralSecurityException {
        this.base = edge.base();
        this.keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        this.account = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        this.tag = new Tag(TestEdge.random(Tag.LENGTH));
        this.device = new DeviceId(TestEdge.random(DeviceId.LENGTH));
        this.firstList = 1;
    }

    /** At somebody's address. */
    private TestPhone(TestPhone theirs, KeyPair account, DeviceId device, long firstList)
            throws GeneralSecurityException {
        this.base = theirs.base;
        this.keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        this.account = account;
        this.tag = theirs.tag;
        this.device = device;
        this.firstList = firstList;
    }

    /** Another device at the same address, that holds the account's key too. */
    TestPhone another() throws GeneralSecurityException {
        return new TestPhone(this, account, new DeviceId(TestEdge.random(DeviceId.LENGTH)), firstList);
    }

    /** A phone with another account at the same address. */
    TestPhone rival() throws GeneralSecurityException {
        return new TestPhone(
                this,
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair(),
                new DeviceId(TestEdge.random(DeviceId.LENGTH)),
                firstList + 1);
    }

    /** A phone that gives itself out for this one, and has other keys. */
    TestPhone impostor() throws GeneralSecurityException {
        return new TestPhone(this, KeyPairGenerator.getInstance("Ed25519").generateKeyPair(), device, firstList + 1);
    }

    /** The broker is somewhere else now. */
    void moveTo(TestEdge edge) {
        base = edge.base();
    }

    static MessageId messageId() {
        return new MessageId(TestEdge.random(MessageId.LENGTH));
    }

    HttpResponse<String> optIn() throws Exception {
        return exchange(put("/v1/self/consent", null, Payloads.encode(Encoding.JSON, consent(1))));
    }

    HttpResponse<String> optIn(long epoch, Set<Scope> scopes) throws Exception {
        Bodies.OptIn consent = consent(new Policy(epoch, TestEdge.POLICY.textHash()), scopes, claim(null));
        return exchange(put("/v1/self/consent", null, Payloads.encode(Encoding.JSON, consent)));
    }

    /** Shows what a verifier said, or nothing. */
    HttpResponse<String> optIn(@Nullable Ownership word) throws Exception {
        return optInWith(claim(word));
    }

    HttpResponse<String> optInWith(Bodies.@Nullable AccountClaim claim) throws Exception {
        return optInWith(claim, SCOPES);
    }

    HttpResponse<String> optInWith(Bodies.@Nullable AccountClaim claim, Set<Scope> scopes) throws Exception {
        return exchange(
                put("/v1/self/consent", null, Payloads.encode(Encoding.JSON, consent(TestEdge.POLICY, scopes, claim))));
    }

    /** Shows no account, as if the broker knew this device. */
    HttpResponse<String> optInAsDevice(Policy policy) throws Exception {
        return exchange(put("/v1/self/consent", null, Payloads.encode(Encoding.JSON, consent(policy, SCOPES, null))));
    }

    Bodies.OptIn consent(long epoch) throws GeneralSecurityException {
        return consent(new Policy(epoch, TestEdge.POLICY.textHash()));
    }

    Bodies.OptIn consent(Policy policy) throws GeneralSecurityException {
        return consent(policy, SCOPES, claim(null));
    }

    Bodies.OptIn consentWith(Bodies.@Nullable AccountClaim claim) throws GeneralSecurityException {
        return consent(TestEdge.POLICY, SCOPES, claim);
    }

    private Bodies.OptIn consent(Policy policy, Set<Scope> scopes, Bodies.@Nullable AccountClaim claim)
            throws GeneralSecurityException {
        long epoch = policy.epoch();
        Instant at = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        DeviceKey key = DeviceKey.of(keys.getPublic());
        Opaque hash = policy.textHash();
        Opaque signature = sign(Consent.statement(tag, key, device, epoch, hash, scopes, at));
        return new Bodies.OptIn(device, key, epoch, hash, scopes, at, signature, claim);
    }

    /** An account that this phone is the only device of. */
    Bodies.AccountClaim claim(@Nullable Ownership ownership) throws GeneralSecurityException {
        return new Bodies.AccountClaim(DeviceKey.of(account.getPublic()), list(firstList, listed()), ownership);
    }

    Device listed() {
        return new Device(device, DeviceKey.of(keys.getPublic()));
    }

    DeviceList list(long version, Device... devices) throws GeneralSecurityException {
        byte[] statement = DeviceList.statement(tag, DeviceKey.of(account.getPublic()), version, List.of(devices));
        return new DeviceList(version, List.of(devices), sign(account, statement));
    }

    /** It has agreed to this policy epoch, or says so. */
    void agreedTo(long policyEpoch) {
        epoch = policyEpoch;
    }

    ClientFrame.Hello hello(Opaque nonce, int credit) throws GeneralSecurityException {
        return new ClientFrame.Hello(
                tag, device, epoch, sign(ClientFrame.Hello.statement(nonce, tag, device)), credit, null);
    }

    HttpRequest.Builder get(String path) throws Exception {
        return signed("GET", path, null, new byte[0]);
    }

    HttpRequest.Builder put(String path, @Nullable Tag to, byte[] json) throws Exception {
        return signed("PUT", path, to, json);
    }

    HttpRequest.Builder post(String path, @Nullable Tag to, byte[] json) throws Exception {
        return signed("POST", path, to, json);
    }

    HttpRequest.Builder delete(String path, @Nullable Tag to) throws Exception {
        return signed("DELETE", path, to, new byte[0]);
    }

    static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Sends, and holds both sides to the document. */
    static HttpResponse<String> exchange(HttpRequest.Builder builder) throws IOException, InterruptedException {
        HttpRequest request = builder.build();
        HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        Contract.holds(request, answer);
        return answer;
    }

    /**
     * A signed request; the builder can still be spoilt.
     *
     * @param target path, with a query if need be
     */
    HttpRequest.Builder signed(String method, String target, @Nullable Tag to, byte[] body) throws Exception {
        Map<String, String> covered = new LinkedHashMap<>();
        covered.put("@method", method);
        covered.put("@path", target.split("\\?", 2)[0]);
        covered.put("lethe-tag", tag.toText());
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + target))
                .timeout(Duration.ofSeconds(30))
                .header("Lethe-Tag", tag.toText());
        if (to != null) {
            covered.put("lethe-to", to.toText());
            request.header("Lethe-To", to.toText());
        }
        if (body.length > 0) {
            String digest = "sha-256=:"
                    + Base64.getEncoder()
                            .encodeToString(MessageDigest.getInstance("SHA-256").digest(body))
                    + ":";
            covered.put("content-digest", digest);
            request.header("Content-Digest", digest).header("Content-Type", "application/json");
        }
        String parameters =
                covered.keySet().stream().map(name -> '"' + name + '"').collect(Collectors.joining(" ", "(", ")"))
                        + ";created=" + Instant.now().getEpochSecond() + ";nonce=\""
                        + TestEdge.random(16).toText() + "\";keyid=\"" + device.toText()
                        + "\";alg=\"ed25519\";tag=\"lethe/1\"";
        String signatureBase = covered.entrySet().stream()
                        .map(entry -> '"' + entry.getKey() + "\": " + entry.getValue() + "\n")
                        .collect(Collectors.joining())
                + "\"@signature-params\": " + parameters;
        Opaque signature = sign(signatureBase.getBytes(StandardCharsets.US_ASCII));
        request.header("Signature-Input", "sig=" + parameters)
                .header("Signature", "sig=:" + Base64.getEncoder().encodeToString(signature.toBytes()) + ":");
        return request.method(
                method,
                body.length == 0 ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body));
    }

    private Opaque sign(byte[] statement) throws GeneralSecurityException {
        return sign(keys, statement);
    }

    static Opaque sign(KeyPair keys, byte[] statement) throws GeneralSecurityException {
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(keys.getPrivate());
        signer.update(statement);
        return Opaque.wrap(signer.sign());
    }
}
