package lethe.core.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloseReasonTest {
    private static final Set<Integer> SENDABLE =
            Set.of(1000, 1001, 1002, 1003, 1007, 1008, 1009, 1011, 1012, 1013, 1014);

    @Test
    void hasACodeOfItsOwn() {
        assertThat(Arrays.stream(CloseReason.values()).map(CloseReason::code)).doesNotHaveDuplicates();
    }

    /** RFC 6455, section 7.4: 1004 to 1006, 1010 and 1015 are not for a server to send; 4000 to 4999 are free. */
    @ParameterizedTest
    @EnumSource
    void hasACodeThatAServerMaySend(CloseReason reason) {
        boolean isFree = reason.code() >= 4000 && reason.code() <= 4999;

        assertThat(isFree || SENDABLE.contains(reason.code())).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void saysTheSameToWhoeverSeesOnlyTheCode(CloseReason reason) {
        assertThat(CloseReason.reconnectAfter(reason.code())).isEqualTo(reason.reconnect());
    }

    @ParameterizedTest
    @ValueSource(ints = {1001, 1006, 1014, 3000, 4000, 4999, 0, -1})
    void letsAPhoneComeBackAfterAnythingUnknown(int code) {
        assertThat(CloseReason.reconnectAfter(code)).isTrue();
    }

    @Test
    void keepsAPhoneAwayThatMustChangeSomethingFirst() {
        assertThat(Arrays.stream(CloseReason.values()).filter(reason -> !reason.reconnect()))
                .containsExactlyInAnyOrder(
                        CloseReason.NOT_AUTHENTIC,
                        CloseReason.NO_CONSENT,
                        CloseReason.REPLACED,
                        CloseReason.ERASED,
                        CloseReason.UPGRADE);
    }
}
