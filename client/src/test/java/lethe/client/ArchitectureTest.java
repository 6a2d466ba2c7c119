package lethe.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import lethe.core.identity.PlainIdentifier;

/** What phones and the verifier share may know. */
@AnalyzeClasses(packages = "lethe.client", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule knowsNoOtherModuleThanCoreWireAndOprf = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "lethe.broker..",
                    "lethe.registrar..",
                    "lethe.device..",
                    "lethe.persistence..",
                    "lethe.cluster..",
                    "lethe.loadtest..",
                    "akka..");

    @ArchTest
    static final ArchRule httpNeverSeesANumber = noClasses()
            .that()
            .resideInAPackage("lethe.client.http..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(PlainIdentifier.class);

    @ArchTest
    static final ArchRule isToldTimeAndChance = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callConstructor(SecureRandom.class);

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("lethe.client.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothingPrintsOrLogs = noClasses()
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("org.slf4j..", "java.util.logging..");
}
