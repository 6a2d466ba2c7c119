package lethe.broker.sms;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Arrays;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.SubscriberId;
import org.junit.jupiter.api.Test;

class SmsNamesTest {
    private static final SubscriberId ANN = new SubscriberId(filled(32, 1));
    private static final SubscriberId BOB = new SubscriberId(filled(32, 2));
    private static final MessageId MESSAGE = new MessageId(filled(16, 3));
    private static final MessageId ANOTHER = new MessageId(filled(16, 4));

    private final SmsNames names = under(9);

    private static Opaque filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return Opaque.wrap(bytes);
    }

    private static SmsNames under(int key) {
        return SmsNames.under(filled(32, key), new SecureRandom());
    }

    @Test
    void aLabelSaysToTheInstallationAloneWhoseMessageItIs() {
        Opaque label = names.label(MESSAGE, ANN);
        assertThat(label.length()).isEqualTo(SmsNames.LABEL);
        assertThat(under(9).recipient(MESSAGE, label)).contains(ANN);
        assertThat(under(8).recipient(MESSAGE, label)).isEmpty();
    }

    @Test
    void noTwoLabelsAreAlike() {
        assertThat(names.label(MESSAGE, ANN)).isNotEqualTo(names.label(MESSAGE, ANN));
    }

    @Test
    void aLabelIsGoodForItsMessageOnly() {
        assertThat(names.recipient(ANOTHER, names.label(MESSAGE, ANN))).isEmpty();
    }

    @Test
    void whatSomebodyElseMadeIsNoLabel() {
        byte[] changed = names.label(MESSAGE, ANN).shared().clone();
        changed[20] ^= 1;
        assertThat(names.recipient(MESSAGE, Opaque.wrap(changed))).isEmpty();
        assertThat(names.recipient(MESSAGE, filled(SmsNames.LABEL, 1))).isEmpty();
        assertThat(names.recipient(MESSAGE, filled(3, 1))).isEmpty();
    }

    @Test
    void aSenderHasOneNameAndNobodyElseHasIt() {
        assertThat(names.payer(ANN)).isEqualTo(under(9).payer(ANN)).isNotEqualTo(names.payer(BOB));
        assertThat(names.payer(ANN)).isNotEqualTo(under(8).payer(ANN));
        assertThat(names.payer(ANN).length()).isEqualTo(16);
    }
}
