package lethe.oprf;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Random;
import org.bouncycastle.math.ec.ECPoint;

/** What the protocol may know and do: mathematics, with chance passed in. */
@AnalyzeClasses(packages = "lethe.oprf", importOptions = DoNotIncludeTests.class)
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
                    "lethe.oprf..");

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

    /** The other ways to multiply, of which some are faster and tell the scalar by the time that they take. */
    @ArchTest
    static final ArchRule multipliesInOnePlace = noClasses()
            .that(describe("are not the group", (JavaClass type) -> !type.isEquivalentTo(P256.class)))
            .should()
            .callMethod(ECPoint.class, "multiply", BigInteger.class)
            .orShould()
            .dependOnClassesThat()
            .haveSimpleName("ECAlgorithms");
}
