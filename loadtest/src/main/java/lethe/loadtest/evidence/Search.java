package lethe.loadtest.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lethe.core.identity.Opaque;

/** Looks for many things, in all their forms, in files of any size. */
public final class Search {
    private final List<Sought> sought;
    private final List<Form> forms = new ArrayList<>();
    private final List<Integer> owners = new ArrayList<>();
    private final PatternSearch search;

    public Search(List<Sought> sought) {
        this.sought = List.copyOf(sought);
        List<Opaque> patterns = new ArrayList<>();
        for (int i = 0; i < sought.size(); i++) {
            for (Form form : sought.get(i).forms()) {
                forms.add(form);
                owners.add(i);
                patterns.add(form.pattern());
            }
        }
        search = new PatternSearch(patterns);
    }

    /** What of it is in the files of a place. Files that go away meanwhile are not. */
    public Finds in(Evidence evidence) throws IOException {
        Finds finds = new Finds(sought);
        for (Path file : evidence.files()) {
            String name = file.getFileName().toString();
            try (InputStream stream = Files.newInputStream(file)) {
                search.search(
                        stream,
                        (pattern, offset) -> finds.add(
                                owners.get(pattern), forms.get(pattern).name(), name, offset));
            } catch (NoSuchFileException gone) {
                // Nothing is in what is not there.
            }
        }
        return finds;
    }
}
