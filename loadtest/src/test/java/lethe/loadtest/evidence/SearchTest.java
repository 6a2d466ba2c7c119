package lethe.loadtest.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import lethe.core.identity.Opaque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchTest {
    private final Random random = new Random(1);
    private final Opaque content = draw(32);
    private final Opaque id = draw(16);
    private final Opaque tag = draw(32);
    private final Search search =
            new Search(List.of(sought("content", content), sought("message_id", id), sought("tag", tag)));

    @TempDir
    Path directory;

    @Test
    void countsAMarkerOnceHoweverOftenItIsThere() throws Exception {
        String both = content.toText() + " " + content.toText();
        Finds finds = search.in(Evidence.of("log", file("log", both), file("older log", both)));
        assertThat(finds.count()).isEqualTo(1);
        assertThat(finds.forms()).containsEntry("content as base64url+0", 4L);
    }

    @Test
    void tellsTheKindsApart() throws Exception {
        String text = content.toText() + " " + tag.toText();
        Finds finds = search.in(Evidence.of("log", file("log", text)));
        assertThat(finds.byKind())
                .containsEntry("content", 1)
                .containsEntry("message_id", 0)
                .containsEntry("tag", 1);
    }

    @Test
    void saysWhereToLook() throws Exception {
        Finds finds = search.in(Evidence.of("log", file("log", "...." + id.toText())));
        assertThat(finds.traces()).containsExactly("message_id as base64url+0 in log at 4");
    }

    @Test
    void countsAMarkerOfTwoPlacesOnce() throws Exception {
        Finds here = search.in(Evidence.of("here", file("here", id.toText())));
        Finds there = search.in(Evidence.of("there", file("there", id.toText() + tag.toText())));
        assertThat(Finds.together(List.of(here, there))).isEqualTo(2);
    }

    @Test
    void leavesOutKindsThatMayBeThere() throws Exception {
        Finds finds = search.in(Evidence.of("log", file("log", content.toText() + tag.toText())));
        assertThat(finds.without(List.of("tag")).byKind())
                .containsEntry("content", 1)
                .containsEntry("tag", 0);
    }

    @Test
    void findsNothingInAFileThatIsGone() throws Exception {
        assertThat(search.in(Evidence.of("log", directory.resolve("gone"))).count())
                .isZero();
    }

    @Test
    void printsNothingThatIsSought() {
        assertThat(sought("content", content).toString()).isEqualTo("Sought[content]");
    }

    private Path file(String name, String text) throws Exception {
        return Files.writeString(directory.resolve(name), text, StandardCharsets.US_ASCII);
    }

    private Opaque draw(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Opaque.wrap(bytes);
    }

    private static Sought sought(String kind, Opaque bytes) {
        return new Sought(kind, Form.of(bytes));
    }
}
