package lethe.loadtest.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import lethe.loadtest.evidence.Capture;
import lethe.loadtest.evidence.Means;
import lethe.loadtest.evidence.NotPossible;

/** The drill: two phones tell their story in a lab, all that anybody could see is taken, opened and searched. */
public final class CaptureRun {
    private final int contacts;
    private final Path directory;
    private final Runnable cutShort;
    private final Consumer<String> progress;

    /**
     * Not begun.
     *
     * @param contacts in the address book, one of whom has the service; 1 to 1,000
     * @param directory for everything, what is taken included
     * @param cutShort to be done if this process is told to end, when nothing is written there any more
     * @param progress told in a line what happens
     */
    public CaptureRun(int contacts, Path directory, Runnable cutShort, Consumer<String> progress) {
        this.contacts = contacts;
        this.directory = directory;
        this.cutShort = cutShort;
        this.progress = progress;
    }

    /**
     * Runs to the end and judges.
     *
     * @throws NotPossible if this machine does not give what is needed
     */
    public CaptureReport run() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Means.require(Capture.TOOL, Decryption.TOOL);
        Inventor inventor = new Inventor(new SecureRandom());
        List<Person> people = inventor.people(contacts);
        Owner caller = inventor.owner(inventor.person(), people);
        Owner friend = inventor.owner(people.get(0), List.of());
        Talk talk = Talk.about(inventor);
        progress.accept("starting Cassandra, a broker, a tagger and a verifier");
        try (Lab lab = Lab.set(directory.resolve("lab"), cutShort)) {
            Takings takings = new Takings(lab, directory.resolve("taken"));
            Story.Tags tags = tell(lab, takings, caller, friend, talk);
            List<Conversation> conversations = open(lab, takings);
            Examination examination =
                    new Examination(Identifiers.of(List.of(caller, friend), tags.others(), talk), progress);
            examination.run(takings.places());
            Judgement judgement = new Judgement(examination, conversations, directory.resolve("planted.bin"));
            return judgement.report(
                    contacts,
                    tags.friend(),
                    Duration.ofNanos(System.nanoTime() - begin).toMillis());
        }
    }

    private Story.Tags tell(Lab lab, Takings takings, Owner caller, Owner friend, Talk talk)
            throws IOException, InterruptedException {
        try (Story story = new Story(lab, caller, friend, talk, directory.resolve("history.jsonl"), progress)) {
            Story.Tags tags = story.tell(takings::takeInSession);
            progress.accept("taking memory, heaps, files and traffic");
            takings.takeAll();
            return tags;
        }
    }

    /** Ends the recording, and opens what was recorded. */
    private List<Conversation> open(Lab lab, Takings takings) throws IOException, InterruptedException {
        Path packets = lab.wires().endOfAll();
        takings.takeWires(packets, lab.wires().endOfCarrier());
        Ports ports = Ports.of(lab);
        List<Conversation> conversations =
                new Decryption(packets, lab.secrets(), ports.numbers()).conversations(directory.resolve("opened"));
        takings.takeOpened(conversations, ports);
        return conversations;
    }
}
