package lethe.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TextMessageTest {
    @Test
    void readsWhatItWrote() {
        TextMessage message = new TextMessage(Given.tag(1), "Grüße \"an\" alle\n\uD83D\uDC4B", Given.NOW);

        assertThat(TextMessage.read(message.toBody())).contains(message);
    }

    @Test
    void readsTheMessagesOfNewerPhones() {
        String from = Given.tag(1).toText();

        assertThat(TextMessage.read(Given.body("{\"from\":\"" + from
                        + "\",\"mood\":{\"x\":[1]},\"text\":\"hi\",\"sent\":" + Given.NOW.toEpochMilli() + "}")))
                .contains(new TextMessage(Given.tag(1), "hi", Given.NOW));
    }

    @Test
    void refusesWhatIsNoMessage() {
        for (String body :
                new String[] {"", "{", "[]", "{}", "null", "{\"from\":\"x\",\"text\":\"y\",\"sent\":1}", "{\"from\":1}"
                }) {
            assertThat(TextMessage.read(Given.body(body))).as(body).isEmpty();
        }
        Trials.forAll(
                200,
                random -> assertThat(TextMessage.read(Given.bytes(new Random(random.nextLong()), 40)))
                        .isEmpty());
    }

    @Test
    void doesNotPrint() {
        assertThat(new TextMessage(Given.tag(1), "secret", Given.NOW).toString())
                .doesNotContain("secret");
    }
}
