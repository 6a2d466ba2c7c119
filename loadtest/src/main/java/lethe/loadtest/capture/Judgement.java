package lethe.loadtest.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import lethe.core.identity.Tag;
import lethe.loadtest.evidence.Finds;

/** What an examination says of a drill, beside what its controls say of the examination. */
final class Judgement {
    private final Examination examination;
    private final List<Conversation> conversations;
    private final Path planted;

    /**
     * Of an examination that was made.
     *
     * @param planted a file to be written for a control
     */
    Judgement(Examination examination, List<Conversation> conversations, Path planted) {
        this.examination = examination;
        this.conversations = List.copyOf(conversations);
        this.planted = planted;
    }

    /**
     * The report.
     *
     * @param recipient of the messages: the one tag of a contact that the broker has to be told
     */
    CaptureReport report(int contacts, Tag recipient, long millis) throws IOException {
        return new CaptureReport(
                examination.sought(),
                contacts,
                examination.forms(),
                found(),
                controls(contacts, recipient),
                examination.places(),
                millis);
    }

    private CaptureReport.Found found() {
        return new CaptureReport.Found(
                examination.found(Party.WIRE),
                examination.found(Party.BROKER),
                examination.found(Party.TAGGER),
                examination.found(Party.VERIFIER),
                examination.found(Party.CARRIER));
    }

    private CaptureReport.Controls controls(int contacts, Tag recipient) throws IOException {
        Finds everywhere = examination.planted(planted);
        return new CaptureReport.Controls(
                NaiveService.told(contacts),
                examination.found(Party.NAIVE),
                everywhere.count(),
                everywhere.forms().size(),
                examination.found(Takings.VERIFIER_IN_SESSION, IdentifierKind.OWN_NUMBER),
                examination.found(Takings.VERIFIER_AFTERWARDS, IdentifierKind.OWN_NUMBER),
                examination.found(Takings.VERIFIER_REUSED, IdentifierKind.OWN_NUMBER),
                examination.found(Takings.CARRIER_WIRE, IdentifierKind.OWN_NUMBER),
                conversations.size(),
                (int) conversations.stream().filter(Conversation::opened).count(),
                examination.isThere(recipient, Takings.BROKER_TRAFFIC));
    }
}
