package lethe.loadtest.capture;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lethe.client.http.VerifierHttp;
import lethe.client.permit.HeldPermit;
import lethe.core.identity.SessionId;
import lethe.device.DeviceRuntime;
import lethe.device.http.Fleet;
import lethe.device.registration.Proof;
import lethe.device.registration.RegistrationClient;
import lethe.device.store.Identity;
import lethe.device.store.MemoryStore;
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

    /**
     * A phone that has proven its number.
     *
     * @param permit under which it asks the tagger
     */
    record Registered(MemoryStore store, HeldPermit permit) {}

    Handset(Lab.Servers servers, DeviceRuntime runtime) {
        this.servers = servers;
        this.runtime = runtime;
    }

    /**
     * Registers.
     *
     * @param meanwhile done when the code has come
     * @return at the tag that the verifier proved, with its word for the broker
     */
    Registered register(Person person, Meanwhile meanwhile) throws IOException, InterruptedException {
        Identity drawn = Identity.draw(runtime.random());
        RegistrationClient client = new RegistrationClient(
                servers.verifier().pinned(),
                new VerifierHttp(servers.http(), servers.verifier().address(), Encoding.CBOR),
                drawn.account().orElseThrow(),
                runtime.random(),
                runtime.clock());
        SessionId session = fleet.await(client.open(person.number())).id();
        fleet.await(client.requestCode(session));
        String code = code(person);
        meanwhile.run();
        if (!(within(client.submit(session, code)) instanceof Proof.Given proof)) {
            throw new IOException("the verifier did not prove a number");
        }
        return new Registered(new MemoryStore(drawn, proof.ownership()), proof.permit());
    }

    private String code(Person person) throws IOException, InterruptedException {
        SmsCentre.Sms sms = servers.centre().next(PATIENCE);
        Matcher code = CODE.matcher(sms.text());
        if (!person.digits().equals("+" + sms.to()) || !code.matches()) {
            throw new IOException("an SMS went to somebody else, or brought no code");
        }
        return code.group(1);
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
