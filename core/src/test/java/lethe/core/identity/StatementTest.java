package lethe.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import lethe.core.Samples;
import lethe.core.Trials;
import org.junit.jupiter.api.Test;

class StatementTest {
    private static Opaque bytes(List<Opaque> fields) {
        Statement statement = Statement.of("test");
        fields.forEach(statement::with);
        return Opaque.wrap(statement.toBytes());
    }

    @Test
    void hasTheSameBytesForNoTwoListsOfFields() {
        Map<Opaque, List<Opaque>> seen = new HashMap<>();
        Trials.forAll(5_000, random -> {
            List<Opaque> fields = fields(random);
            List<Opaque> same = seen.putIfAbsent(bytes(fields), fields);
            assertThat(same == null || same.equals(fields)).isTrue();
        });
        assertThat(seen).hasSizeGreaterThan(1_000);
    }

    /** Short ones, of bytes that look like lengths. */
    private static List<Opaque> fields(Random random) {
        List<Opaque> fields = new ArrayList<>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            byte[] field = new byte[random.nextInt(7)];
            for (int j = 0; j < field.length; j++) {
                field[j] = (byte) random.nextInt(3);
            }
            fields.add(Opaque.wrap(field));
        }
        return fields;
    }

    @Test
    void canBeReadBackFieldByField() {
        Trials.forAll(random -> {
            List<Opaque> fields = fields(random);
            ByteBuffer read = ByteBuffer.wrap(bytes(fields).toBytes());
            List<Opaque> found = new ArrayList<>();
            while (read.hasRemaining()) {
                byte[] field = new byte[read.getInt()];
                read.get(field);
                found.add(Opaque.wrap(field));
            }
            assertThat(found.get(0)).isEqualTo(Opaque.wrap("test".getBytes(StandardCharsets.UTF_8)));
            assertThat(found.subList(1, found.size())).isEqualTo(fields);
        });
    }

    @Test
    void tellsOneContextFromAnother() {
        assertThat(Statement.of("lethe/1 hello").with("x").toBytes())
                .isNotEqualTo(Statement.of("lethe/1 consent").with("x").toBytes());
    }

    @Test
    void writesTextAsUtf8AndNumbersAsEightBytes() {
        Opaque text = Opaque.wrap("ü".getBytes(StandardCharsets.UTF_8));
        Opaque number = Opaque.wrap(ByteBuffer.allocate(8).putLong(-2).array());

        assertThat(Statement.of("c").with("ü").with(-2).toBytes())
                .isEqualTo(Statement.of("c").with(text).with(number).toBytes());
    }

    @Test
    void tellsRandomFieldsApart() {
        Trials.forAll(random -> {
            List<Opaque> fields = List.of(Samples.opaque(random, 9), Samples.opaque(random, 3));
            assertThat(bytes(fields)).isNotEqualTo(bytes(List.of(fields.get(1), fields.get(0))));
        });
    }
}
