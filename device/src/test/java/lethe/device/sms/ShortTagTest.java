package lethe.device.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lethe.client.sealing.SmsWording;
import lethe.device.Given;
import org.junit.jupiter.api.Test;

class ShortTagTest {
    private static final ShortTag TAG = ShortTag.of(Given.id(1));

    @Test
    void isTheSameForANameEachTimeAndTakesASeptetForEachCharacter() {
        assertThat(ShortTag.of(Given.id(1))).isEqualTo(TAG);
        assertThat(TAG.text()).matches("#[0-9a-z]{6}");
    }

    @Test
    void tellsNamesApart() {
        Set<ShortTag> tags =
                IntStream.range(0, 2_000).mapToObj(Given::id).map(ShortTag::of).collect(Collectors.toSet());
        Set<Integer> letters =
                tags.stream().flatMap(tag -> tag.text().chars().boxed()).collect(Collectors.toSet());

        assertThat(tags).hasSize(2_000);
        assertThat(letters).as("# and an alphabet of 32").hasSize(33);
    }

    @Test
    void isReadFromWhatItWasPutAfter() {
        for (String text : List.of("hello", "two\nlines ", "ends with #abc123", "")) {
            assertThat(ShortTag.read(TAG.after(text))).contains(new ShortTag.Tagged(text, TAG));
        }
        assertThat(ShortTag.read(TAG.after("hello") + "\r\n")).contains(new ShortTag.Tagged("hello", TAG));
    }

    @Test
    void isNotReadFromAnythingElse() {
        for (String text : List.of(
                "",
                "hello",
                "#abc123",
                "hello#abc123",
                "hello #abc12",
                "hello #abc1234",
                "hello #abc12u",
                "a #ABC123")) {
            assertThat(ShortTag.read(text)).as(text).isEmpty();
        }
        assertThatThrownBy(() -> new ShortTag("#abc12i")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void endsTextsAndNotices() {
        assertThat(Given.sms("hello").standingFor(TAG).text()).isEqualTo("hello " + TAG.text());
        assertThat(SmsCopy.notice(Given.NUMBER, "de").standingFor(TAG).wording())
                .isEqualTo(new SmsWording.Notice("de", TAG.text()));
    }

    @Test
    void printsNothing() {
        assertThat(TAG + " " + new ShortTag.Tagged("SECRET", TAG)).isEqualTo("ShortTag[***] Tagged[***]");
    }
}
