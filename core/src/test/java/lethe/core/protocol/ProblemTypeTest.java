package lethe.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import lethe.core.Samples;
import lethe.core.identity.DeviceId;
import lethe.core.limit.Limit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTypeTest {
    @Test
    void hasAWordAndATitleOfItsOwn() {
        assertThat(Arrays.stream(ProblemType.values()).map(ProblemType::word))
                .doesNotHaveDuplicates()
                .allMatch(word -> word.matches("[a-z]+(-[a-z]+)*"));
        assertThat(Arrays.stream(ProblemType.values()).map(ProblemType::title))
                .doesNotHaveDuplicates()
                .allMatch(title -> title.endsWith("."));
    }

    @Test
    void isAnError() {
        assertThat(ProblemType.values()).allMatch(type -> type.status() >= 400 && type.status() <= 503);
    }

    @ParameterizedTest
    @EnumSource
    void mayBeTriedAgainIfTheBrokerOrTheMomentAndNotTheRequestIsAtFault(ProblemType type) {
        boolean brokersFault = type.status() >= 500 || type.status() == 429;

        boolean moments = type == ProblemType.OUT_OF_ORDER
                || type == ProblemType.ACCOUNT_WAITS
                || type == ProblemType.PREKEYS_FULL;

        assertThat(type.retryable()).isEqualTo(brokersFault || moments);
    }

    @Test
    void saysWhoHasCustodyWhenTheBrokerFails() {
        assertThat(ProblemType.values())
                .filteredOn(type -> type.status() >= 500)
                // A verifier's: it never has a message.
                .filteredOn(type -> type != ProblemType.SMS_UNAVAILABLE && type != ProblemType.TAGGER_UNAVAILABLE)
                .isNotEmpty()
                .allMatch(type -> type.title().contains("custody stays with you"));
    }

    @Test
    void growsIntoAProblemByWhatIsKnown() {
        List<DeviceId> devices = List.of(Samples.deviceId(new Random(1)));
        Difference difference = new Difference(3, devices, devices, List.of(), List.of());

        assertThat(Problem.of(ProblemType.DEVICES_DIFFER, "two")
                        .withLimit(2)
                        .withRetryAfter(Duration.ofSeconds(1))
                        .with(difference)
                        .by(Limit.DEVICE_QUEUE))
                .isEqualTo(new Problem(
                        ProblemType.DEVICES_DIFFER,
                        "two",
                        2L,
                        Duration.ofSeconds(1),
                        difference,
                        List.of(),
                        "device-queue"));
    }
}
