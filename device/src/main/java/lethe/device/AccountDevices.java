package lethe.device;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import lethe.client.http.Answer;
import lethe.client.pin.PinKey;
import lethe.core.account.Device;
import lethe.core.account.DeviceList;
import lethe.core.identity.DeviceId;
import lethe.core.identity.DeviceKey;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.device.http.BrokerHttp;
import lethe.device.store.DeviceStore;
import lethe.device.store.Identity;
import lethe.device.trust.LinkedAccount;
import org.jspecify.annotations.Nullable;

/**
 * The devices of the phone's account, and who else claims its address. Each question opens a connection, and needs a
 * phone that has opted in. Safe for use by many threads.
 */
public final class AccountDevices {
    private final DeviceStore store;
    private final BrokerHttp http;
    private final Clock clock;

    AccountDevices(DeviceStore store, BrokerHttp http, Clock clock) {
        this.store = store;
        this.http = http;
        this.clock = clock;
    }

    /**
     * What the account shows when its owner opts in.
     *
     * @param pin the registration PIN of whoever has the address; null if the owner gives none
     * @return null on a phone that does not hold the account's key
     */
    Bodies.@Nullable AccountClaim claim(@Nullable PinKey pin) {
        if (store.devices().isEmpty()) {
            store.identity()
                    .list(nextAfter(DeviceList.NONE), List.of(store.identity().listed()))
                    .ifPresent(store::listed);
        }
        return store.devices().map(list -> claim(list, pin)).orElse(null);
    }

    /**
     * What it shows after that when the account that has the address has a list of this version, or of a later one;
     * null also if that is said to lie in the future: nothing could be signed after it.
     */
    Bodies.@Nullable AccountClaim claimBeyond(long version, @Nullable PinKey pin) {
        Optional<DeviceList> beyond = store.devices()
                .flatMap(list -> store.identity().list(nextAfter(version), list.devices()))
                .filter(list -> !list.isAhead(clock.instant()));
        beyond.ifPresent(store::listed);
        return beyond.map(list -> claim(list, pin)).orElse(null);
    }

    private long nextAfter(long version) {
        return DeviceList.versionAfter(version, clock.instant());
    }

    private Bodies.@Nullable AccountClaim claim(DeviceList list, @Nullable PinKey pin) {
        Identity identity = store.identity();
        DeviceKey account = identity.account().orElse(null);
        return account == null
                ? null
                : new Bodies.AccountClaim(
                        account,
                        list,
                        store.ownership()
                                .filter(word -> clock.instant().isBefore(word.expires()))
                                .orElse(null),
                        pin == null ? null : pin.prove(identity.tag(), account));
    }

    /** The account's key, if this phone holds it or was given it when it was linked; no broker's word. */
    public Optional<DeviceKey> account() {
        return LinkedAccount.own(store);
    }

    /** The list that the broker goes by. */
    public CompletionStage<Answer<List<Device>>> list() {
        return known().thenApply(answer -> answer instanceof Answer.Good<Bodies.AccountDevices> good
                ? new Answer.Good<>(good.value().list().devices())
                : as(answer));
    }

    /** What the broker has, whatever that is. */
    CompletionStage<Answer<Bodies.AccountDevices>> entry() {
        return http.devices();
    }

    /** What the broker has, if the account has signed it and no later list is known here: a broker makes up no list. */
    private CompletionStage<Answer<Bodies.AccountDevices>> known() {
        return http.devices()
                .thenApply(answer ->
                        answer instanceof Answer.Good<Bodies.AccountDevices> good && !isBelieved(good.value())
                                ? new Answer.Unreachable<>("the broker's list of devices is not the account's last one")
                                : answer);
    }

    private boolean isBelieved(Bodies.AccountDevices shown) {
        Identity identity = store.identity();
        boolean ours = account().filter(own -> !own.equals(shown.account())).isEmpty();
        DeviceList last = store.devices().orElse(null);
        return ours
                && shown.list().isSignedBy(shown.account(), identity.tag())
                && (last == null
                        || shown.list().version() > last.version()
                        || shown.list().equals(last));
    }

    /**
     * Adds a device, which its owner has shown: its id and key.
     *
     * @return the new list; refused with {@link ProblemType#OTHER_ACCOUNT} on a phone that does not hold the account's
     *     key
     */
    public CompletionStage<Answer<List<Device>>> add(Device device) {
        return change(devices -> {
            devices.removeIf(known -> known.id().equals(device.id()));
            devices.add(device);
        });
    }

    /** Removes a device: the broker sends it away at once, and nothing that waits for it is handed to anybody. */
    public CompletionStage<Answer<List<Device>>> remove(DeviceId device) {
        return change(devices -> devices.removeIf(known -> known.id().equals(device)));
    }

    /** What is done to a list of devices. */
    private interface Change {
        void on(List<Device> devices);
    }

    private CompletionStage<Answer<List<Device>>> change(Change change) {
        return known().thenCompose(answer -> answer instanceof Answer.Good<Bodies.AccountDevices> good
                ? put(good.value(), change)
                : CompletableFuture.completedFuture(as(answer)));
    }

    private CompletionStage<Answer<List<Device>>> put(Bodies.AccountDevices known, Change change) {
        List<Device> devices = new ArrayList<>(known.list().devices());
        change.on(devices);
        Optional<DeviceKey> account = store.identity().account();
        if (devices.isEmpty() || devices.size() > DeviceList.MOST) {
            return refused(ProblemType.TOO_LARGE, "an account has 1 to " + DeviceList.MOST + " devices");
        }
        if (account.isEmpty() || !account.get().equals(known.account())) {
            return refused(ProblemType.OTHER_ACCOUNT, "this phone does not hold the account's key");
        }
        DeviceList list = store.identity()
                .list(nextAfter(known.list().version()), devices)
                .orElseThrow();
        return http.list(new Bodies.AccountDevices(account.get(), list)).thenApply(answer -> {
            if (answer instanceof Answer.Good) {
                store.listed(list);
                return new Answer.Good<>(list.devices());
            }
            return as(answer);
        });
    }

    /**
     * Sets the registration PIN, or another one: whoever proves the number with a new account, and gives it, does not
     * wait. Derives its key on this thread ({@link PinKey#of}).
     *
     * @param pin 6 to 64 printable characters of ASCII; overwritten
     */
    public CompletionStage<Answer<Boolean>> setPin(char[] pin) {
        Optional<PinKey> key = PinKey.of(pin, store.identity().tag());
        return key.isPresent()
                ? http.setPin(new Bodies.NewPin(key.get().publicKey()))
                : CompletableFuture.completedFuture(new Answer.Refused<>(noPin()));
    }

    /** Removes the registration PIN; refused with {@link ProblemType#NOT_FOUND} if none is set. */
    public CompletionStage<Answer<Boolean>> removePin() {
        return http.removePin();
    }

    static Problem noPin() {
        return Problem.of(
                ProblemType.MALFORMED,
                "a PIN has " + PinKey.SHORTEST + " to " + PinKey.LONGEST + " printable characters of ASCII");
    }

    /** Who else has proven the number; refused with {@link ProblemType#NOT_FOUND} if nobody has. */
    public CompletionStage<Answer<Bodies.Claimant>> claimant() {
        return http.claimant();
    }

    /** The other one shall have the address now: this account's devices are sent away. */
    public CompletionStage<Answer<Boolean>> agree(Bodies.Claimant claimant) {
        return http.agree(claimant);
    }

    /**
     * The other one shall not have the address. Holds for seven days, in which the owner gets back a number that was
     * stolen; a second time changes nothing.
     */
    public CompletionStage<Answer<Boolean>> dismiss() {
        return http.dismiss();
    }

    private static CompletionStage<Answer<List<Device>>> refused(ProblemType type, String why) {
        return CompletableFuture.completedFuture(new Answer.Refused<>(Problem.of(type, why)));
    }

    static <T> Answer<T> as(Answer<?> bad) {
        return bad instanceof Answer.Refused<?> refused
                ? new Answer.Refused<>(refused.problem())
                : new Answer.Unreachable<>(((Answer.Unreachable<?>) bad).why());
    }
}
