package lethe.loadtest.demo;

import java.io.PrintWriter;
import java.util.Locale;

/** Tells the story to a person at a terminal. */
final class TextNarrator implements Narrator {
    private final PrintWriter out;

    TextNarrator(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void begins(int number, int of, Step step) {
        print(String.format(Locale.ROOT, "%n%2d/%d  %s ", number, of, step.title()));
    }

    @Override
    public void goesOn() {
        print(".");
    }

    @Override
    public void succeeded(Step step, Seen seen, long millis) {
        print(String.format(Locale.ROOT, "%n   ok  %s (%.1f s)%n", seen.explanation(), millis / 1e3));
    }

    @Override
    public void failed(Step step, String why) {
        print(String.format(Locale.ROOT, "%nFAILED  %s%n", why));
    }

    @Override
    public void passed(long millis) {
        print(String.format(Locale.ROOT, "%nThe demo passed: every step was verified, in %.0f s.%n", millis / 1e3));
    }

    @Override
    public void failedAt(Step step, String evidence) {
        print(String.format(Locale.ROOT, "%nThe demo failed at '%s'. Logs and data: %s%n", step.name(), evidence));
    }

    private void print(String text) {
        out.print(text);
        out.flush();
    }
}
