package lethe.registrar;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.Tag;

/** What the registrar's processes may know. */
@AnalyzeClasses(packages = "lethe.registrar", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule knowsNeitherBrokerNorPhone = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "lethe.broker..",
                    "lethe.persistence..",
                    "lethe.cluster..",
                    "lethe.device..",
                    "lethe.loadtest..",
                    "akka..",
                    "com.datastax..");

    @ArchTest
    static final ArchRule aTaggerKnowsNeitherNumbersNorTags = noClasses()
            .that()
            .resideInAPackage("lethe.registrar.tagger..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(PlainIdentifier.class)
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Tag.class);

    @ArchTest
    static final ArchRule onlyVerifierAndGatewayAndWhatSendsForThemSeeNumbers = noClasses()
            .that()
            .resideOutsideOfPackages("lethe.registrar.verifier..", "lethe.registrar.gateway..", "lethe.registrar.sms..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(PlainIdentifier.class);

    @ArchTest
    static final ArchRule smppIsInOnePlace = noClasses()
            .that()
            .resideOutsideOfPackage("lethe.registrar.sms..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.jsmpp..");

    @ArchTest
    static final ArchRule theProcessesAreToldTheTime = noClasses()
            .that()
            .resideInAnyPackage(
                    "lethe.registrar.verifier..",
                    "lethe.registrar.tagger..",
                    "lethe.registrar.gateway..",
                    "lethe.registrar.sms..")
            .and()
            .haveSimpleNameNotEndingWith("Command")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC");

    @ArchTest
    static final ArchRule nothingPrintsByItself = noClasses()
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace");

    @ArchTest
    static final ArchRule onlyThePortLogs = noClasses()
            .that()
            .resideOutsideOfPackage("lethe.registrar.http..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.slf4j..", "java.util.logging..");

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("lethe.registrar.(*)..").should().beFreeOfCycles();
}
