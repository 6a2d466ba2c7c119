package lethe.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import lethe.core.block.Evidence;
import lethe.core.identity.DeviceId;
import lethe.core.identity.Opaque;
import lethe.core.identity.Tag;
import lethe.device.letters.Notice;
import lethe.device.letters.ReceivedLetter;
import lethe.seal.Opening;
import lethe.seal.content.Content;
import lethe.seal.content.Letter;
import lethe.seal.content.Mark;
import lethe.seal.content.Presence;
import lethe.seal.content.Wanted;
import org.junit.jupiter.api.Test;

class LetterReaderTest {
    private static final Tag OWN = Given.tag(1);
    private static final Tag ANNA = Given.tag(2);
    private static final Opaque PROOF = Given.bytes(new Random(1), Evidence.PROOF_LENGTH);
    private static final DeviceId DEVICE = new DeviceId(Given.bytes(new Random(2), DeviceId.LENGTH));

    private boolean bySms;
    private final List<Object> heard = new ArrayList<>();
    private final LetterReader reader =
            new LetterReader(OWN, heard::add, (by, wanted) -> heard.add(wanted), letter -> bySms, heard::add);

    @Test
    void tellsOfALetter() {
        assertTold(
                ANNA,
                new Content.Text("hello"),
                new LetheEvent.Received(
                        Given.id(5), ANNA, DEVICE, Given.NOW, new Content.Text("hello"), PROOF, true, true));
    }

    @Test
    void tellsApartWhatItsOwnerHasReadAsAnSms() {
        bySms = true;

        assertTold(
                ANNA,
                new Content.Text("hello"),
                new LetheEvent.CameAsSms(new LetheEvent.Received(
                        Given.id(5), ANNA, DEVICE, Given.NOW, new Content.Text("hello"), PROOF, true, true)));
    }

    @Test
    void tellsOfWhatAnotherDeviceOfTheAccountWrote() {
        assertTold(
                OWN,
                new Content.Copy(ANNA, new Content.Text("hello")),
                new LetheEvent.WrittenElsewhere(ANNA, Given.id(5), Given.NOW, new Content.Text("hello")));
    }

    @Test
    void tellsOfMarks() {
        assertTold(
                ANNA,
                new Content.Marks(Mark.READ, List.of(Given.id(7))),
                new LetheEvent.Marked(ANNA, Mark.READ, List.of(Given.id(7))));
    }

    @Test
    void tellsWhoIsThere() {
        assertTold(ANNA, new Presence(true), new LetheEvent.Present(ANNA, true));
    }

    @Test
    void tellsWhatIsWantedOfAFileToWhoeverHasIt() {
        Wanted wanted = new Wanted(Given.bytes(new Random(3), 16), Wanted.End.DONE);

        assertTold(ANNA, wanted, wanted);
    }

    @Test
    void tellsWhoWrites() {
        assertTold(ANNA, new Content.Typing(true), new LetheEvent.Typing(ANNA, true));
    }

    @Test
    void tellsNothingOfWhatIsNoLetter() {
        DeviceEvent.Received received = new DeviceEvent.Received(Given.id(1), Given.body("no letter"), false);

        reader.on(received);

        assertThat(heard).containsExactly(received);
    }

    @Test
    void tellsOfAllElseAsItIs() {
        DeviceEvent.Noticed noticed = new DeviceEvent.Noticed(new Notice.Unopenable(Opening.Reason.FORGED));
        DeviceEvent.Drained drained = new DeviceEvent.Drained();

        reader.on(noticed);
        reader.on(drained);

        assertThat(heard)
                .containsExactly(
                        noticed,
                        new LetheEvent.Noticed(new Notice.Unopenable(Opening.Reason.FORGED)),
                        drained,
                        new LetheEvent.Told(drained));
    }

    /** The phone hears first. */
    private void assertTold(Tag from, Content content, Object expected) {
        ReceivedLetter letter =
                new ReceivedLetter(from, DEVICE, PROOF, true, new Letter(Given.id(5), Given.NOW, content));
        DeviceEvent.Received received = new DeviceEvent.Received(Given.id(1), letter.encode(), true);

        reader.on(received);

        assertThat(heard).containsExactly(received, expected);
        assertThat(expected.toString()).doesNotContain("hello", ANNA.toString());
    }
}
