package lethe.loadtest.compare;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A column of a table about runs, one run a row.
 *
 * @param heading with the unit
 * @param cell of a run
 */
record Column(String heading, Function<Run, String> cell) {
    private static final int SMALL = 100;

    /** A figure times a factor, with as many digits as it deserves; a dash where it was not measured. */
    static Column figure(String heading, String figure, double factor) {
        return new Column(heading, run -> number(run.figure(figure) * factor));
    }

    static Column figure(String heading, String figure) {
        return figure(heading, figure, 1);
    }

    /** A duration of which the figure has microseconds. */
    static Column millis(String heading, String figure) {
        return figure(heading, figure, 1e-3);
    }

    /** Three digits of what is small, whole numbers with separators of what is not. */
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        double size = Math.abs(value);
        String digits = size >= SMALL || value == 0 ? "%,.0f" : size >= SMALL / 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, digits, value);
    }

    /** A whole number with separators. */
    static String count(int value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** A table in Markdown: text to the left, figures to the right. */
    static String table(List<Column> columns, List<Run> runs) {
        String headings = row(columns.stream().map(Column::heading));
        String rule = "|---|" + "---:|".repeat(columns.size() - 1) + "\n";
        return runs.stream()
                .map(run -> row(columns.stream().map(column -> column.cell.apply(run))))
                .collect(Collectors.joining("", headings + rule, ""));
    }

    private static String row(Stream<String> cells) {
        return cells.collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
