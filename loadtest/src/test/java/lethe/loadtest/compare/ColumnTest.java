package lethe.loadtest.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColumnTest {
    @Test
    void writesAsManyDigitsAsAFigureDeserves() {
        assertThat(Column.number(9.876)).isEqualTo("9.88");
        assertThat(Column.number(98.76)).isEqualTo("98.8");
        assertThat(Column.number(98_765.4)).isEqualTo("98,765");
        assertThat(Column.number(0)).isEqualTo("0");
    }

    @Test
    void writesADashForWhatIsNotThere() {
        assertThat(Column.number(Double.NaN)).isEqualTo("–");
    }
}
