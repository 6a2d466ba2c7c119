package lethe.core.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import lethe.core.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReceiptStateTest {
    @ParameterizedTest
    @CsvSource({
        "HELD, held, false",
        "DELIVERED, delivered, true",
        "EXPIRED, expired, true",
        "REVOKED, revoked, true",
        "REJECTED, rejected, true",
        "UNDECRYPTABLE, undecryptable, true",
        "LOST, lost, true",
        "SMS_DELIVERED, sms_delivered, true",
        "SMS_FAILED, sms_failed, true",
        "SMS_UNKNOWN, sms_unknown, true"
    })
    void isHeldOrTheEnd(ReceiptState state, String word, boolean terminal) {
        assertThat(state.isTerminal()).isEqualTo(terminal);
        assertThat(state.word()).isEqualTo(word);
        assertThat(ReceiptState.ofWord(word)).isEqualTo(state);
    }

    @Test
    void hasTenStatesAndAllAreInTheTableAbove() {
        assertThat(ReceiptState.values()).hasSize(10);
    }

    @ParameterizedTest
    @EnumSource
    void movesFromHeldToAnEndAndFromAnEndNowhere(ReceiptState from) {
        for (ReceiptState to : ReceiptState.values()) {
            assertThat(from.mayBecome(to))
                    .as("%s to %s", from, to)
                    .isEqualTo(from == ReceiptState.HELD && to != ReceiptState.HELD);
        }
    }

    @ParameterizedTest
    @EnumSource
    void makesAReceiptOfAnEndOnly(ReceiptState state) {
        if (state == ReceiptState.HELD) {
            assertThatThrownBy(() -> receipt(state, false)).isInstanceOf(IllegalArgumentException.class);
        } else {
            assertThat(receipt(state, false).state()).isEqualTo(state);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "HELD", mode = EnumSource.Mode.EXCLUDE)
    void fallsBackOnlyIfItDidNotGoOverIp(ReceiptState state) {
        if (state == ReceiptState.REVOKED || state == ReceiptState.REJECTED) {
            assertThat(receipt(state, true).fallback()).isTrue();
        } else {
            assertThatThrownBy(() -> receipt(state, true)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void knowsNoOtherWords() {
        assertThat(Arrays.asList("", "HELD", "sent", "sms-failed"))
                .allSatisfy(word -> assertThatThrownBy(() -> ReceiptState.ofWord(word))
                        .isInstanceOf(IllegalArgumentException.class));
    }

    private static Receipt receipt(ReceiptState state, boolean fallback) {
        return new Receipt(Samples.messageId(new Random(1)), state, Samples.START, fallback, 7);
    }
}
