package lethe.loadtest.compare;

import java.util.List;
import java.util.Locale;
import lethe.loadtest.compare.Run.Part;

/** The results at a glance: bars of processor time for each broker, one for each count of pairs, as SVG. */
final class Chart {
    static final String TITLE = "Processor time of the broker per 1,000 messages, in ms";

    private static final String FIGURE = "broker_cpu_ms_per_1000";
    private static final int WIDTH = 760;
    private static final int LEFT = 110;
    private static final int RIGHT = 90;
    private static final int TOP = 78;
    private static final int BAR = 16;
    private static final int GAP = 4;
    private static final int GROUP_GAP = 18;
    private static final int LEGEND_STEP = 130;

    /** Contrast enough on white and on black; the page behind stays as it is. */
    private static final String STYLE = """
            <style>
              text { font: 13px system-ui, sans-serif; fill: #24292f }
              .title { font-size: 15px; font-weight: 600 }
              .own { font-weight: 700 }
              .axis { stroke: #8c959f }
              .a { fill: #54aeff } .b { fill: #0969da } .c { fill: #6e7781 }
              @media (prefers-color-scheme: dark) {
                text { fill: #e6edf3 }
                .axis { stroke: #6e7681 }
                .a { fill: #79c0ff } .b { fill: #388bfd } .c { fill: #8b949e }
              }
            </style>
            """;

    private static final List<String> COLOURS = List.of("a", "b", "c");

    private final Results results;
    private final List<Integer> pairs;
    private final List<String> brokers;
    private final double most;
    private final StringBuilder out = new StringBuilder();

    private Chart(Results results) {
        this.results = results;
        this.pairs = results.pairs(Part.CLOSED);
        this.brokers = results.versions().keySet().stream()
                .filter(broker -> pairs.stream().anyMatch(count -> !Double.isNaN(value(broker, count))))
                .toList();
        this.most = results.medians().stream()
                .filter(run -> run.part() == Part.CLOSED)
                .mapToDouble(run -> run.figure(FIGURE))
                .max()
                .orElse(1);
    }

    static String of(Results results) {
        return new Chart(results).draw();
    }

    private String draw() {
        int group = pairs.size() * (BAR + GAP) - GAP;
        int height = TOP + brokers.size() * (group + GROUP_GAP) + GROUP_GAP / 2;
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n",
                WIDTH, height, TITLE);
        out.append(STYLE);
        text(LEFT, 24, "title", "start", TITLE);
        legend();
        for (int i = 0; i < brokers.size(); i++) {
            group(brokers.get(i), TOP + i * (group + GROUP_GAP), group);
        }
        add("<path class=\"axis\" d=\"M%d %dV%d\"/>%n", LEFT, TOP - GAP, height - GROUP_GAP);
        return out.append("</svg>\n").toString();
    }

    private void legend() {
        for (int i = 0; i < pairs.size(); i++) {
            int x = LEFT + i * LEGEND_STEP;
            add("<rect class=\"%s\" x=\"%d\" y=\"42\" width=\"12\" height=\"12\" rx=\"2\"/>%n", colour(i), x);
            text(x + 18, 53, "", "start", Column.count(pairs.get(i)) + " pairs");
        }
    }

    private void group(String broker, int y, int height) {
        text(LEFT - 10, y + height / 2 + 5, broker.equals("lethe") ? "own" : "", "end", broker);
        for (int i = 0; i < pairs.size(); i++) {
            double value = value(broker, pairs.get(i));
            if (!Double.isNaN(value)) {
                bar(i, y + i * (BAR + GAP), value);
            }
        }
    }

    private void bar(int index, int y, double value) {
        double width = Math.max(1, value / most * (WIDTH - LEFT - RIGHT));
        add(
                "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>%n",
                colour(index), LEFT, y, width, BAR);
        text((int) (LEFT + width) + 6, y + BAR - 3, "", "start", Column.number(value));
    }

    private double value(String broker, int count) {
        return results.medians(Part.CLOSED, count).stream()
                .filter(run -> run.broker().equals(broker))
                .mapToDouble(run -> run.figure(FIGURE))
                .findFirst()
                .orElse(Double.NaN);
    }

    private static String colour(int index) {
        return COLOURS.get(index % COLOURS.size());
    }

    private void text(int x, int y, String style, String anchor, String words) {
        String named = style.isEmpty() ? "" : "class=\"" + style + "\" ";
        add("<text %sx=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>%n", named, x, y, anchor, words);
    }

    private void add(String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values));
    }
}
