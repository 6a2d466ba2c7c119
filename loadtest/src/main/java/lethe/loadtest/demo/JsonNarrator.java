package lethe.loadtest.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells the story to a program: one line of JSON per step and a last one. People may watch the other stream. */
final class JsonNarrator implements Narrator {
    private static final JsonMapper JSON = new JsonMapper();

    private final PrintWriter lines;
    private final Narrator people;

    JsonNarrator(PrintWriter lines, Narrator people) {
        this.lines = lines;
        this.people = people;
    }

    @Override
    public void begins(int number, int of, Step step) {
        people.begins(number, of, step);
    }

    @Override
    public void goesOn() {
        people.goesOn();
    }

    @Override
    public void succeeded(Step step, Seen seen, long millis) {
        people.succeeded(step, seen, millis);
        Map<String, Object> line = step(step, true);
        line.put("took_ms", millis);
        line.putAll(seen.figures());
        print(line);
    }

    @Override
    public void failed(Step step, String why) {
        people.failed(step, why);
        Map<String, Object> line = step(step, false);
        line.put("why", why);
        print(line);
    }

    @Override
    public void passed(long millis) {
        people.passed(millis);
        print(Map.of("demo", "passed"));
    }

    @Override
    public void failedAt(Step step, String evidence) {
        people.failedAt(step, evidence);
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("demo", "failed");
        line.put("step", step.name());
        print(line);
    }

    private static Map<String, Object> step(Step step, boolean ok) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("step", step.name());
        line.put("ok", ok);
        return line;
    }

    private void print(Map<String, Object> line) {
        try {
            lines.println(JSON.writeValueAsString(line));
            lines.flush();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of numbers and words are JSON", e);
        }
    }
}
