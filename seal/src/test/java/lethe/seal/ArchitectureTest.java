package lethe.seal;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;

/** What sealing may know and do: bytes in, bytes out, with time and chance passed in. */
@AnalyzeClasses(packages = "lethe.seal", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule usesCoreAndBouncyCastleOnly = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "org.bouncycastle..",
                    "org.jspecify..",
                    "com.google.errorprone.annotations..",
                    "lethe.core..",
                    "lethe.seal..");

    @ArchTest
    static final ArchRule doesNoInputOrOutput = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net..", "java.nio.file..", "java.nio.channels..", "java.util.logging..");

    @ArchTest
    static final ArchRule isToldTheChance = noClasses()
            .should()
            .dependOnClassesThat(describe(
                    "draw by themselves",
                    type -> type.isEquivalentTo(SecureRandom.class) || type.isEquivalentTo(Random.class)));

    @ArchTest
    static final ArchRule isToldTheTime = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime");

    /** Another algorithm is another suite: none is used on the side. */
    @ArchTest
    static final ArchRule encryptsInOnePlace = noClasses()
            .that()
            .resideOutsideOfPackage("lethe.seal.crypto..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.bouncycastle.crypto.hpke..",
                    "org.bouncycastle.crypto.engines..",
                    "org.bouncycastle.crypto.modes..",
                    "org.bouncycastle.math..",
                    "org.bouncycastle.pqc..",
                    "javax.crypto..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("lethe.seal.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule recordsHoldNoArrays = noFields()
            .that()
            .areDeclaredInClassesThat(describe("are records", JavaClass::isRecord))
            .and()
            .areNotStatic()
            .should()
            .haveRawType(byte[].class);
}
