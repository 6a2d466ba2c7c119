package lethe.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lethe.core.identity.Opaque;
import lethe.core.identity.PlainIdentifier;
import lethe.core.queue.Waiting;
import lethe.core.subscriber.Terms;
import org.junit.jupiter.api.Test;

/** Content, addresses and keys reach no log, because nothing that holds them prints them. */
class UnprintableTest {
    private static final byte[] SECRET = Specimens.SECRET.getBytes(StandardCharsets.US_ASCII);
    private static final String AS_LIST = Arrays.toString(SECRET);
    private static final List<String> FORMS = List.of(
            "CANARY",
            HexFormat.of().formatHex(SECRET),
            Base64.getUrlEncoder().withoutPadding().encodeToString(SECRET).substring(0, 40),
            AS_LIST.substring(1, AS_LIST.length() - 1),
            Specimens.NUMBER.substring(1));

    @Test
    void noRecordPrintsContentOrAddressesOrKeys() throws ReflectiveOperationException {
        Map<String, String> printed = new TreeMap<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("lethe.core")) {
            if (type.isRecord() && !type.isEquivalentTo(Terms.class)) {
                printed.put(type.getName(), Specimens.of(type.reflect()).toString());
            }
        }

        assertThat(printed).hasSizeGreaterThan(60);
        assertThat(printed).allSatisfy((type, text) -> assertThat(text).doesNotContain(FORMS));
    }

    @Test
    void nothingElseThatHoldsThemPrintsThem() throws ReflectiveOperationException {
        assertThat(List.of(
                        Specimens.of(Opaque.class), Specimens.of(PlainIdentifier.class), Specimens.of(Waiting.class)))
                .extracting(Object::toString)
                .allSatisfy(text -> assertThat(text).doesNotContain(FORMS));
    }
}
