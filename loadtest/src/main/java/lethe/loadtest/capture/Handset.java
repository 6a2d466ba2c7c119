package lethe.loadtest.capture;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lethe.client.http.VerifierHttp;
import lethe.core.identity.DeviceId;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.identity.SessionId;
import lethe.device.DeviceRuntime;
import lethe.device.http.Fleet;
import lethe.device.registration.Proof;
import lethe.device.registration.RegistrationClient;
import lethe.device.store.Identity;
import lethe.wire.Encoding;

/** How a phone comes by its identity: it proves its owner's number to the verifier, with a code that comes by SMS. */
final class Handset {
    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final Pattern CODE = Pattern.compile("([0-9]{6}) .*");

    private final Lab.Servers servers;
    private final DeviceRuntime runtime;
    private final Fleet fleet = Fleet.within(PATIENCE);

    /** What is to be done while the verifier knows the number. */
    @FunctionalInterface
    interface Meanwhile {
        void run() throws IOException, InterruptedException;
    }

    Handset(Lab.Servers servers, DeviceRuntime runtime) {
        this.servers = servers;
        this.runtime = runtime;
    }

    /**
     * Registers.
     *
     * @param meanwhile done when the code has come
     * @return with the tag that the verifier proved as its address
     */
    Identity register(Person person, Meanwhile meanwhile) throws IOException, InterruptedException {
        KeyPair pair = keyPair();
        RegistrationClient client = new RegistrationClient(
                servers.verifier().pinned(),
                new VerifierHttp(servers.http(), servers.verifier().address(), Encoding.CBOR),
                DeviceKey.of(pair.getPublic()),
                runtime.random(),
                runtime.clock());
        SessionId session = fleet.await(client.open(person.number())).id();
        fleet.await(client.requestCode(session));
        String code = code(person);
        meanwhile.run();
        if (!(within(client.submit(session, code)) instanceof Proof.Given proof)) {
            throw new IOException("the verifier did not prove a number");
        }
        byte[] device = new byte[DeviceId.LENGTH];
        runtime.random().nextBytes(device);
        return Identity.of(
                new DeviceId(Opaque.wrap(device)),
                proof.ownership().tag(),
                Opaque.wrap(pair.getPrivate().getEncoded()),
                Opaque.wrap(pair.getPublic().getEncoded()));
    }

    private String code(Person person) throws IOException, InterruptedException {
        SmsCentre.Sms sms = servers.centre().next(PATIENCE);
        Matcher code = CODE.matcher(sms.text());
        if (!person.digits().equals("+" + sms.to()) || !code.matches()) {
            throw new IOException("an SMS went to somebody else, or brought no code");
        }
        return code.group(1);
    }

    private static KeyPair keyPair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has Ed25519", e);
        }
    }

    /** Waits for what a phone has begun. */
    static <T> T within(CompletionStage<T> stage) throws IOException, InterruptedException {
        try {
            return stage.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            throw new IOException("a phone had no answer", failed);
        }
    }
}
