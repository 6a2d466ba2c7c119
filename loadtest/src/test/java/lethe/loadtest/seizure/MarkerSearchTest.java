package lethe.loadtest.seizure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import lethe.core.identity.Opaque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkerSearchTest {
    private final Random random = new Random(1);
    private final Marker content = marker(MarkerKind.CONTENT, 32);
    private final Marker id = marker(MarkerKind.MESSAGE_ID, 16);
    private final Marker tag = marker(MarkerKind.RECIPIENT_TAG, 32);
    private final MarkerSearch search = new MarkerSearch(List.of(content, id, tag));

    @TempDir
    Path directory;

    @Test
    void countsAMarkerOnceHoweverOftenItIsThere() throws Exception {
        String both = content.bytes().toText() + " " + content.bytes().toText();
        Finds finds = search.in(Evidence.of("log", file("log", both), file("older log", both)));
        assertThat(finds.count()).isEqualTo(1);
        assertThat(finds.forms()).containsEntry("content as base64url+0", 4L);
    }

    @Test
    void tellsTheKindsApart() throws Exception {
        String text = content.bytes().toText() + " " + tag.bytes().toText();
        Finds finds = search.in(Evidence.of("log", file("log", text)));
        assertThat(finds.byKind())
                .containsEntry(MarkerKind.CONTENT, 1)
                .containsEntry(MarkerKind.MESSAGE_ID, 0)
                .containsEntry(MarkerKind.RECIPIENT_TAG, 1)
                .containsEntry(MarkerKind.SENDER_TAG, 0);
    }

    @Test
    void saysWhereToLook() throws Exception {
        Finds finds =
                search.in(Evidence.of("log", file("log", "...." + id.bytes().toText())));
        assertThat(finds.traces()).containsExactly("message_id as base64url+0 in log at 4");
    }

    @Test
    void countsAMarkerOfTwoPlacesOnce() throws Exception {
        Finds here = search.in(Evidence.of("here", file("here", id.bytes().toText())));
        Finds there = search.in(Evidence.of(
                "there", file("there", id.bytes().toText() + tag.bytes().toText())));
        assertThat(Finds.together(List.of(here, there))).isEqualTo(2);
    }

    @Test
    void printsNoMarker() {
        assertThat(content.toString()).isEqualTo("Marker[content]");
        assertThat(Letter.draw(random).toString()).isEqualTo("Letter[***]");
    }

    private Path file(String name, String text) throws Exception {
        return Files.writeString(directory.resolve(name), text, StandardCharsets.US_ASCII);
    }

    private Marker marker(MarkerKind kind, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return new Marker(kind, Opaque.wrap(bytes));
    }
}
