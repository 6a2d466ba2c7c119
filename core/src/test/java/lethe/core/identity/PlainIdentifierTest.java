package lethe.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lethe.core.identity.PlainIdentifier.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainIdentifierTest {
    @ParameterizedTest
    @CsvSource({"NUMBER, +491701234567", "NUMBER, +1234567", "IMSI, 262011234567890", "IMSI, 26201123456789"})
    @RevealsIdentifiers("a test compares")
    void isGivenOutToMarkedCallersAndPrintedForNobody(Kind kind, String digits) {
        PlainIdentifier identifier = PlainIdentifier.of(kind, digits);

        assertThat(identifier.reveal()).isEqualTo(digits);
        assertThat(identifier.kind()).isEqualTo(kind);
        assertThat(identifier).hasToString(kind + "[***]");
    }

    @ParameterizedTest
    @CsvSource({
        "NUMBER, 491701234567",
        "NUMBER, +0491701234567",
        "NUMBER, +12345",
        "NUMBER, +1234567890123456",
        "NUMBER, '+49 170 1234567'",
        "IMSI, 2620112345678",
        "IMSI, 2620112345678901",
        "IMEI, 49015420323751",
        "IMEI, 49015420323751x"
    })
    void hasItsFormAndARefusalDoesNotQuoteTheDigits(Kind kind, String digits) {
        assertThatThrownBy(() -> PlainIdentifier.of(kind, digits))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a well-formed " + kind);
    }

    @Test
    void isEqualByKindAndDigitsAndHashesByKindOnly() {
        PlainIdentifier imei = PlainIdentifier.of(Kind.IMEI, "490154203237518");

        assertThat(imei)
                .isEqualTo(PlainIdentifier.of(Kind.IMEI, "490154203237518"))
                .isNotEqualTo(PlainIdentifier.of(Kind.IMSI, "490154203237518"))
                .isNotEqualTo(PlainIdentifier.of(Kind.IMEI, "490154203237519"))
                .hasSameHashCodeAs(PlainIdentifier.of(Kind.IMEI, "000000000000000"));
        assertThat(imei.equals((Object) "490154203237518")).isFalse();
    }

    @Test
    @RevealsIdentifiers("a test compares")
    void identifiesNobodyOnceItIsWiped() {
        char[] digits = "+491701234567".toCharArray();
        PlainIdentifier number = PlainIdentifier.of(Kind.NUMBER, digits);
        PlainIdentifier copy = number.copy();

        number.wipe();

        assertThat(digits).containsOnly('0');
        assertThat(number).isNotEqualTo(copy);
        assertThat(copy.revealBytes()).asString().isEqualTo("+491701234567");
    }
}
