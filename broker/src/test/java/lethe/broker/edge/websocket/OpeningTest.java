package lethe.broker.edge.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OpeningTest {
    @Test
    void answersTheKeyOfTheRfc() {
        assertThat(Opening.accept("dGhlIHNhbXBsZSBub25jZQ==")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    }

    @Test
    void knowsAKeyByItsLength() {
        assertThat(Opening.isKey("dGhlIHNhbXBsZSBub25jZQ==")).isTrue();
        assertThat(Opening.isKey("c2hvcnQ=")).isFalse();
        assertThat(Opening.isKey("not base64 at all")).isFalse();
    }
}
