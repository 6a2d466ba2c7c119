package lethe.launcher.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import lethe.launcher.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The image's recipe and what pods add to it, without an engine that could build or run it. */
class ImageTest {
    private static final String OPTIONS = "JDK_JAVA_OPTIONS";

    static Stream<Manifest> ours() {
        return ManifestsTest.ours();
    }

    @Test
    void startsJavaWithEveryOptionThatKeepsMemoryOffDisks() throws IOException {
        Matcher script = Pattern.compile("^options='(.*)'\\noptions=\"\\$options (.*)\"$", Pattern.MULTILINE)
                .matcher(Files.readString(Manifest.home().resolve("lethe")));
        assertThat(script.find()).isTrue();

        assertThat(entrypoint())
                .containsAll(Arrays.asList(script.group(1).split(" ")))
                .contains(script.group(2));
    }

    @Test
    void isNobodysRootAndHasNoShellToBegin() throws IOException {
        List<String> recipe = Files.readAllLines(Manifest.home().resolve("Dockerfile"));
        int last = recipe.lastIndexOf("FROM ${JAVA}");

        assertThat(last).isPositive();
        assertThat(recipe.subList(last, recipe.size()))
                .contains("USER 65532:65532")
                .noneMatch(line -> line.startsWith("RUN") || line.startsWith("ENV"));
    }

    /** An option that Java does not know keeps every pod from starting. */
    @ParameterizedTest
    @MethodSource("ours")
    void startsJavaWithOptionsThatItKnows(Manifest workload) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(Arrays.asList(environment(workload, OPTIONS).strip().split("\\s+")));
        entrypoint().stream().filter(word -> word.startsWith("-X")).forEach(command::add);
        command.add("-version");

        Process java = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();

        assertThat(java.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(java.exitValue()).isZero();
    }

    /** The broker overwrites the free memory of no other collector. */
    @Test
    void startsBrokersWithTheCollectorOfTheScript() throws IOException {
        Matcher script = Pattern.compile("^ {4}broker\\) options=\"\\$options (.*)\" ;;$", Pattern.MULTILINE)
                .matcher(Files.readString(Manifest.home().resolve("lethe")));
        assertThat(script.find()).isTrue();

        ours().filter(workload -> workload.name().equals("broker"))
                .forEach(broker -> assertThat(environment(broker, OPTIONS).split("\\s+"))
                        .contains(script.group(1).split(" ")));
    }

    @ParameterizedTest
    @MethodSource("ours")
    void isGivenArgumentsThatItsProgramUnderstands(Manifest workload) {
        assertThatCode(() -> new CommandLine(new Main()).parseArgs(workload.arguments()))
                .doesNotThrowAnyException();
        assertThat(workload.arguments()).contains(workload.name());
    }

    @Test
    void wouldNotBeGivenOthers() {
        assertThatCode(() -> new CommandLine(new Main()).parseArgs("tagger", "--adress=0.0.0.0"))
                .isInstanceOf(CommandLine.ParameterException.class);
    }

    private static String environment(Manifest workload, String name) {
        return StreamSupport.stream(workload.container().path("env").spliterator(), false)
                .filter(variable -> variable.path("name").asText().equals(name))
                .map(variable -> variable.path("value").asText())
                .findFirst()
                .orElseThrow();
    }

    private static List<String> entrypoint() throws IOException {
        String line = Files.readAllLines(Manifest.home().resolve("Dockerfile")).stream()
                .filter(each -> each.startsWith("ENTRYPOINT "))
                .findFirst()
                .orElseThrow();
        return Arrays.asList(new ObjectMapper().readValue(line.substring("ENTRYPOINT ".length()), String[].class));
    }
}
