package lethe.seal.safety;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import org.junit.jupiter.api.Test;

class SafetyNumberTest {
    private final Random random = new Random(1);
    private final Tag alice = new Tag(bytes());
    private final Tag bob = new Tag(bytes());
    private final DeviceKey alicesAccount = new DeviceKey(bytes());
    private final DeviceKey bobsAccount = new DeviceKey(bytes());
    private final SafetyNumber number = SafetyNumber.of(alice, alicesAccount, bob, bobsAccount);

    @Test
    void isTheSameOnBothSides() {
        SafetyNumber bobs = SafetyNumber.of(bob, bobsAccount, alice, alicesAccount);

        assertThat(bobs).isEqualTo(number);
        assertThat(bobs.digits()).isEqualTo(number.digits());
        assertThat(bobs.code()).isEqualTo(number.code());
        assertThat(number.compare(bobs.code())).isEqualTo(SafetyNumber.Match.SAME);
    }

    @Test
    void isAnotherOneForAnyOtherKeyOrAddress() {
        DeviceKey other = new DeviceKey(bytes());
        Tag elsewhere = new Tag(bytes());

        assertThat(SafetyNumber.of(alice, alicesAccount, bob, other).digits()).isNotEqualTo(number.digits());
        assertThat(SafetyNumber.of(alice, other, bob, bobsAccount).digits()).isNotEqualTo(number.digits());
        assertThat(SafetyNumber.of(elsewhere, alicesAccount, bob, bobsAccount).digits())
                .isNotEqualTo(number.digits());
        assertThat(number.compare(
                        SafetyNumber.of(alice, alicesAccount, bob, other).code()))
                .isEqualTo(SafetyNumber.Match.DIFFERENT);
    }

    @Test
    void hasTwelveGroupsOfFiveDigits() {
        assertThat(number.digits()).matches("[0-9]{60}");
        assertThat(number.groups()).hasSize(12).allMatch(group -> group.matches("[0-9]{5}"));
        assertThat(String.join("", number.groups())).isEqualTo(number.digits());
    }

    @Test
    void takesNoOtherCode() {
        byte[] later = number.code().toBytes();
        later[0] = 2;

        assertThat(number.code().length()).isEqualTo(SafetyNumber.CODE);
        assertThat(number.compare(Opaque.empty())).isEqualTo(SafetyNumber.Match.NO_CODE);
        assertThat(number.compare(Opaque.wrap(new byte[66]))).isEqualTo(SafetyNumber.Match.NO_CODE);
        assertThat(number.compare(Opaque.wrap(later))).isEqualTo(SafetyNumber.Match.NO_CODE);
    }

    /** The published vector of libsignal, version 1 of its numbers. */
    @Test
    void countsAsSignalDoes() {
        Opaque one = signals("0506863bc66d02b40d27b8d49ca7c09e9239236f9d7d25d6fcca5ce13c7064d868", "+14152222222");
        Opaque other = signals("05f781b6fb32fed9ba1cf2de978d4d5da28dc34046ae814402b5c0dbd96fda907b", "+14153333333");

        assertThat(SafetyNumber.of(one, other).digits())
                .isEqualTo("300354477692869396892869876765458257569162576843440918079131");
    }

    @Test
    void doesNotPrint() {
        assertThat(number).hasToString("SafetyNumber[***]");
    }

    private static Opaque signals(String key, String name) {
        return SafetyNumber.half(new byte[2], HexFormat.of().parseHex(key), name.getBytes(StandardCharsets.US_ASCII));
    }

    private Opaque bytes() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Opaque.wrap(bytes);
    }
}
