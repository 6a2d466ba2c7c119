package lethe.core.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import lethe.core.Samples;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import org.junit.jupiter.api.Test;

class ListedTagTest {
    /** From another implementation of SHA-256. */
    @Test
    void isTheFirstHalfOfAHalfOfTheHash() {
        byte[] tag = new byte[Tag.LENGTH];
        for (int i = 0; i < tag.length; i++) {
            tag[i] = (byte) i;
        }

        assertThat(ListedTag.of(new Tag(Opaque.wrap(tag)))).isEqualTo(new ListedTag(0x05fa576571c1ce16L));
    }

    @Test
    void standsInTheOrderOfNumbersWithoutSign() {
        List<ListedTag> sorted = Stream.of(-1L, 1L, Long.MIN_VALUE, 0L)
                .map(ListedTag::new)
                .sorted()
                .toList();

        assertThat(sorted).extracting(ListedTag::bits).containsExactly(0L, 1L, Long.MIN_VALUE, -1L);
    }

    @Test
    void doesNotPrint() {
        assertThat(ListedTag.of(Samples.tag(new Random(1)))).hasToString("ListedTag[***]");
    }
}
