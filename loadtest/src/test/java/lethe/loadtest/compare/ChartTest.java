package lethe.loadtest.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class ChartTest {
    private final String svg = Chart.of(SomeResults.measured());

    @Test
    void drawsBarsAsLongAsTheirFigures() throws Exception {
        List<Double> lengths = elements("rect").stream()
                .filter(bar -> !bar.hasAttribute("rx"))
                .map(bar -> number(bar, "width"))
                .toList();
        assertThat(lengths).hasSize(2);
        assertThat(lengths.get(0) / lengths.get(1)).isBetween(0.27, 0.28);
    }

    @Test
    void labelsEverythingInText() throws Exception {
        assertThat(elements("text"))
                .extracting(Element::getTextContent)
                .containsExactly(Chart.TITLE, "1,000 pairs", "relay", "11.0", "lethe", "40.0");
    }

    @Test
    void staysWithinItsFrame() throws Exception {
        String[] frame = parsed().getDocumentElement().getAttribute("viewBox").split(" ", -1);
        for (Element bar : elements("rect")) {
            assertThat(number(bar, "x") + number(bar, "width")).isLessThan(Double.parseDouble(frame[2]) - 60);
            assertThat(number(bar, "y") + number(bar, "height")).isLessThan(Double.parseDouble(frame[3]));
        }
    }

    @Test
    void canBeReadInTheDarkAndRunsNothing() {
        assertThat(svg).contains("prefers-color-scheme: dark").doesNotContain("<script", "href", "onload");
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    private List<Element> elements(String name) throws Exception {
        var nodes = parsed().getElementsByTagName(name);
        List<Element> found = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            found.add((Element) nodes.item(i));
        }
        return found;
    }

    private Document parsed() throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }
}
