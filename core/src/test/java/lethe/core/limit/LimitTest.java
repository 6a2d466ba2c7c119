package lethe.core.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LimitTest {
    @Test
    void hasANameOfItsOwn() {
        assertThat(Arrays.stream(Limit.values()).map(Limit::word))
                .doesNotHaveDuplicates()
                .allMatch(word -> word.matches("[a-z]+(-[a-z]+)*"));
    }

    @ParameterizedTest
    @EnumSource
    void takesAsManySettingsAsItHas(Limit limit) {
        String bound = limit.bound(Collections.nCopies(limit.keys().size(), "7"));

        assertThat(bound.replaceAll("[^7]", ""))
                .hasSize(limit.keys().isEmpty() ? 0 : limit.keys().size());
        assertThat(bound).doesNotContain("%");
    }

    @ParameterizedTest
    @EnumSource
    void needsNoEscapingInJson(Limit limit) {
        assertThat(limit.counted() + limit.refusal()).doesNotContain("\"", "\\");
    }
}
