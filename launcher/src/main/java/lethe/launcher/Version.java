package lethe.launcher;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version of this build, from the manifest of its jar, and of the Java it runs on. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        var built = Version.class.getPackage().getImplementationVersion();
        return new String[] {
            "lethe " + Objects.requireNonNullElse(built, "(not packaged)"), "java " + Runtime.version(),
        };
    }
}
