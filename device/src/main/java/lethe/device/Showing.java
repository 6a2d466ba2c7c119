package lethe.device;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import lethe.client.http.Answer;
import lethe.client.pin.PinKey;
import lethe.core.account.DeviceList;
import lethe.core.consent.Scope;
import lethe.core.protocol.Bodies;
import lethe.core.protocol.ProblemType;
import lethe.device.http.BrokerHttp;
import lethe.device.store.DeviceStore;
import org.jspecify.annotations.Nullable;

/** Shows a broker the owner's consent and the account, until it has seen the list that it can take. */
final class Showing {
    private final DeviceStore store;
    private final BrokerHttp http;
    private final AccountDevices devices;

    Showing(DeviceStore store, BrokerHttp http, AccountDevices devices) {
        this.store = store;
        this.http = http;
        this.devices = devices;
    }

    /**
     * Opts in.
     *
     * @param at when the owner agreed
     * @param pin null if the owner gives none
     */
    CompletionStage<Answer<Bodies.ConsentOnFile>> optIn(
            Bodies.PolicyInForce policy, Set<Scope> scopes, Instant at, @Nullable PinKey pin) {
        Step step = claim -> http.optIn(store.identity().consent(policy, scopes, at, claim));
        return step.show(devices.claim(pin))
                .thenCompose(answer ->
                        isRefused(answer, ProblemType.STALE_LIST) ? later(step, answer, pin) : completed(answer));
    }

    private interface Step {
        CompletionStage<Answer<Bodies.ConsentOnFile>> show(Bodies.@Nullable AccountClaim claim);
    }

    /**
     * The broker has a later list: of this account, that another of its devices has given it; or of the account that
     * has the address so far, and then this one's has to be later still.
     */
    private CompletionStage<Answer<Bodies.ConsentOnFile>> later(
            Step step, Answer<Bodies.ConsentOnFile> stale, @Nullable PinKey pin) {
        Long limit = ((Answer.Refused<Bodies.ConsentOnFile>) stale).problem().limit();
        long version = Objects.requireNonNullElse(limit, DeviceList.NONE);
        return step.show(null)
                .thenCompose(answer -> isRefused(answer, ProblemType.OTHER_DEVICE)
                        ? step.show(devices.claimBeyond(version, pin))
                        : completed(answer));
    }

    private static CompletionStage<Answer<Bodies.ConsentOnFile>> completed(Answer<Bodies.ConsentOnFile> answer) {
        return CompletableFuture.completedFuture(answer);
    }

    private static boolean isRefused(Answer<Bodies.ConsentOnFile> answer, ProblemType type) {
        return answer instanceof Answer.Refused<Bodies.ConsentOnFile> refused
                && refused.problem().type() == type;
    }
}
