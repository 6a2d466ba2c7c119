package lethe.loadtest.demo;

import java.io.IOException;
import java.io.PrintWriter;
import lethe.loadtest.process.InstallationPlan;
import lethe.loadtest.process.Scratch;

/** One performance of the story: in a temporary directory, which stays only if a step failed. */
public final class Demo {
    private final Narrator narrator;

    private Demo(Narrator narrator) {
        this.narrator = narrator;
    }

    /** Told in sentences. */
    public static Demo forPeople(PrintWriter out) {
        return new Demo(new TextNarrator(out));
    }

    /**
     * Told in lines of JSON.
     *
     * @param people where it is told in sentences meanwhile
     */
    public static Demo forPrograms(PrintWriter out, PrintWriter people) {
        return new Demo(new JsonNarrator(out, new TextNarrator(people)));
    }

    /** Whether every step was verified. */
    public boolean run() throws IOException, InterruptedException {
        Scratch scratch = Scratch.create("demo");
        try (Story story = new Story(plan(scratch), scratch::erase)) {
            boolean verified =
                    new Narration(narrator, story::isEnding, scratch.directory().toString()).run(story.steps());
            if (!verified && !story.isEnding()) {
                scratch.keep();
            }
            return verified;
        } finally {
            scratch.erase();
        }
    }

    /** The broker does little here: what counts is how soon it starts. */
    private static InstallationPlan plan(Scratch scratch) throws IOException {
        return InstallationPlan.in(scratch.directory())
                .withBrokerJava("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                // A phone on a busy machine may be slow to acknowledge: that is not the story.
                .with("lethe.subscriber.hold-window", "10 s");
    }
}
