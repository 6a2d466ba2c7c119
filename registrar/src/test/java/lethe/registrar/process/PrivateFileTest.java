package lethe.registrar.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may have rights on a file with keys. */
class PrivateFileTest {
    @ParameterizedTest
    @CsvSource({
        "rw-------, lethe, lethe, true",
        "r--------, lethe, lethe, true",
        "rw-r-----, lethe, lethe, false",
        "r--r-----, lethe, lethe, false",
        // As Kubernetes mounts a secret for a group.
        "r--r-----, root, lethe, true",
        "r--r-----, root, ?, true",
        "rw-r-----, root, lethe, false",
        "r--rw----, root, lethe, false",
        "r--r--r--, root, lethe, false",
        "r--r-----, root, root, false",
    })
    void isItsOwnersOrGivenByRoot(String rights, String owner, String reader, boolean isPrivate) {
        assertThat(PrivateFile.isPrivate(PosixFilePermissions.fromString(rights), owner, reader))
                .isEqualTo(isPrivate);
    }
}
