package lethe.loadtest.seizure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lethe.core.identity.Opaque;

/** Looks for markers, in all their forms, in files of any size. */
final class MarkerSearch {
    private final List<Marker> markers;
    private final List<Form> forms = new ArrayList<>();
    private final List<Integer> owners = new ArrayList<>();
    private final PatternSearch search;

    MarkerSearch(List<Marker> markers) {
        this.markers = List.copyOf(markers);
        List<Opaque> patterns = new ArrayList<>();
        for (int i = 0; i < markers.size(); i++) {
            for (Form form : Form.of(markers.get(i).bytes())) {
                forms.add(form);
                owners.add(i);
                patterns.add(form.pattern());
            }
        }
        search = new PatternSearch(patterns);
    }

    /** Those that are in the files of a place. */
    Finds in(Evidence evidence) throws IOException {
        Finds finds = new Finds(markers);
        for (Path file : evidence.files()) {
            String name = file.getFileName().toString();
            try (InputStream stream = Files.newInputStream(file)) {
                search.search(
                        stream,
                        (pattern, offset) -> finds.add(
                                owners.get(pattern), forms.get(pattern).name(), name, offset));
            }
        }
        return finds;
    }
}
