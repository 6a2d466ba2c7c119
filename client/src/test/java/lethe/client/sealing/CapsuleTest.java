package lethe.client.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.PlainIdentifier.Kind;
import org.junit.jupiter.api.Test;

class CapsuleTest {
    private static final Random RANDOM = new Random(11);
    private static final MessageId MESSAGE = message(1);
    private static final Instant EXPIRES = Instant.parse("2026-11-28T12:00:00Z");

    private final GatewayOpeningKey key = GatewayOpeningKey.draw(RANDOM);

    @Test
    void opensForItsMessageWhatWasSealedToIt() {
        for (String number : List.of("+1234567", "+4915110000001", "+123456789012345")) {
            for (SmsWording wording : List.of(
                    new SmsWording.Text("Grüße 👋"),
                    new SmsWording.Text("x".repeat(SmsContent.MOST_WORDING)),
                    new SmsWording.Notice("pt-BR"),
                    new SmsWording.Notice("de", "#k7f2qx"))) {
                SmsContent content = content(number, wording);

                assertThat(key.open(seal(content), MESSAGE)).contains(content);
            }
        }
    }

    @Test
    void hasOneOfThreeSizesWhateverIsInIt() {
        assertThat(List.of(
                        seal(content("+1234567", new SmsWording.Notice("de"))),
                        seal(content("+123456789012345", new SmsWording.Text("x".repeat(200)))),
                        seal(content("+1234567", new SmsWording.Text("x".repeat(300)))),
                        seal(content("+1234567", new SmsWording.Text("x".repeat(1500))))))
                .extracting(Opaque::length)
                .containsExactly(313, 313, 1081, 4153);
    }

    @Test
    void opensForNoOtherMessageAndWithNoOtherKey() {
        Opaque capsule = seal(content("+4915110000001", new SmsWording.Notice("en")));

        assertThat(key.open(capsule, message(2))).isEmpty();
        GatewayOpeningKey other = GatewayOpeningKey.draw(RANDOM);
        assertThat(key.isNamedBy(capsule)).isTrue();
        assertThat(other.isNamedBy(capsule)).isFalse();
        assertThat(other.open(capsule, MESSAGE)).isEmpty();
        byte[] renamed = capsule.toBytes();
        System.arraycopy(other.gatewayKey().id().shared(), 0, renamed, 1, 8);
        assertThat(other.open(Opaque.wrap(renamed), MESSAGE)).isEmpty();
    }

    @Test
    void opensNothingThatWasChangedAnywhereOrCut() {
        byte[] good =
                seal(content("+4915110000001", new SmsWording.Notice("en"))).shared();
        for (int bit = 0; bit < 8 * good.length; bit++) {
            byte[] changed = good.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(key.open(Opaque.wrap(changed), MESSAGE))
                    .as("bit %d", bit)
                    .isEmpty();
        }
        for (int length = 0; length < good.length; length++) {
            assertThat(key.open(Opaque.wrap(Arrays.copyOf(good, length)), MESSAGE))
                    .isEmpty();
        }
        assertThat(key.open(Opaque.wrap(Arrays.copyOf(good, good.length + 1)), MESSAGE))
                .isEmpty();
    }

    @Test
    void readsNoContentThatItWouldNotWrite() {
        byte[] good = content("+4915110000001", new SmsWording.Text("hello")).encode();
        assertThat(SmsContent.decode(good)).isPresent();
        for (int at = 0; at < 36; at++) {
            for (int value : new int[] {0, 1, 2, 0x2B, 0x30, 0x7F, 0x80, 0xFF}) {
                byte[] changed = good.clone();
                changed[at] = (byte) value;
                SmsContent.decode(changed)
                        .ifPresent(read -> assertThat(read.encode()).isEqualTo(changed));
            }
        }
        byte[] trailing = good.clone();
        trailing[255] = 1;
        assertThat(SmsContent.decode(trailing)).isEmpty();
        byte[] notUtf8 = good.clone();
        notUtf8[30] = (byte) 0xC0;
        assertThat(SmsContent.decode(notUtf8)).isEmpty();
    }

    @Test
    void sendsHalfASurrogateAsTheReplacementCharacter() {
        SmsContent content = content("+1234567", new SmsWording.Text("a\uD83Db"));

        assertThat(key.open(seal(content), MESSAGE).orElseThrow().wording()).isEqualTo(new SmsWording.Text("a\uFFFDb"));
    }

    @Test
    void isRefusedBeforeItIsSealedIfNobodyCouldReadIt() {
        for (Runnable bad : List.<Runnable>of(
                () -> content("+1234567", new SmsWording.Text("x".repeat(SmsContent.MOST_WORDING + 1))),
                () -> new SmsWording.Text(""),
                () -> new SmsWording.Notice("Deutsch!"),
                () -> new SmsWording.Notice("de", "k7f2qx"),
                () -> new SmsWording.Notice("de", "#k7f2qx more"),
                () -> new SmsContent(number("+1234567"), new SmsWording.Notice("de"), EXPIRES, 0),
                () -> new SmsContent(number("+1234567"), new SmsWording.Notice("de"), EXPIRES, 256))) {
            assertThatThrownBy(bad::run).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void isPinnedAsText() {
        assertThat(GatewayKey.fromText(key.gatewayKey().toText())).contains(key.gatewayKey());
        assertThat(GatewayKey.fromText("x")).isEmpty();
        assertThat(GatewayKey.fromText(Opaque.copyOf(new byte[32]).toText()))
                .as("a key with which nothing can be agreed on")
                .isEmpty();
        assertThat(GatewayOpeningKey.of(key.secret()).gatewayKey()).isEqualTo(key.gatewayKey());
    }

    @Test
    void printsNothing() {
        SmsContent content = content("+4915110000001", new SmsWording.Text("SECRET"));

        assertThat(content + " " + content.wording() + " " + new SmsWording.Notice("de") + " " + key)
                .isEqualTo("SmsContent[***] Text[***] Notice[***] GatewayOpeningKey[***]");
    }

    private Opaque seal(SmsContent content) {
        return key.gatewayKey().seal(content, MESSAGE, RANDOM);
    }

    private static SmsContent content(String number, SmsWording wording) {
        return new SmsContent(number(number), wording, EXPIRES, 6);
    }

    private static PlainIdentifier number(String number) {
        return PlainIdentifier.of(Kind.NUMBER, number);
    }

    private static MessageId message(int first) {
        byte[] bytes = new byte[MessageId.LENGTH];
        bytes[0] = (byte) first;
        return new MessageId(Opaque.wrap(bytes));
    }
}
