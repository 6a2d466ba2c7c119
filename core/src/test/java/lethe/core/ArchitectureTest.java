package lethe.core;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.util.Arrays;
import java.util.Set;
import java.util.random.RandomGenerator;
import lethe.core.subscriber.SubscriberEvent;

/** What core may know and do: the domain, and nothing of the world around it. */
@AnalyzeClasses(packages = "lethe.core", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final Set<String> CLOCKS = Set.of("now", "currentTimeMillis", "nanoTime");
    private static final Set<String> CHANCE = Set.of("random", "randomUUID", "getInstanceStrong");

    @ArchTest
    static final ArchRule usesTheJdkOnly = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "javax.crypto..",
                    "org.jspecify..",
                    "com.google.errorprone.annotations..",
                    "lethe.core..");

    @ArchTest
    static final ArchRule isToldTheTime =
            noClasses().should().callMethodWhere(describe("reads a clock", ArchitectureTest::readsAClock));

    @ArchTest
    static final ArchRule isToldTheChance =
            noClasses().should().callCodeUnitWhere(describe("draws by chance", ArchitectureTest::drawsByChance));

    @ArchTest
    static final ArchRule doesNoInputOrOutput = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.net..", "java.nio.file..", "java.nio.channels..", "java.util.logging..", "java.sql..")
            .orShould()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule hasNoCycles =
            slices().matching("lethe.core.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule eventsAreRecords =
            classes().that().implement(SubscriberEvent.class).should(Rules.holdFor("be records", JavaClass::isRecord));

    @ArchTest
    static final ArchRule recordsHoldNoByteArrays = classes()
            .that(DescribedPredicate.describe("are records", JavaClass::isRecord))
            .should(Rules.holdFor("have no component of type byte[]", ArchitectureTest::hasNoByteArray));

    @ArchTest
    static final ArchRule namesSayWhatAClassIs =
            noClasses().should().haveNameMatching(".*(Util|Utils|Manager|Impl|Helper)(\\$.*)?");

    private static boolean readsAClock(JavaCall<?> call) {
        JavaClass owner = call.getTargetOwner();
        boolean hasClock = owner.getPackageName().startsWith("java.time") || owner.isEquivalentTo(System.class);
        return owner.isAssignableTo(Clock.class) || (hasClock && CLOCKS.contains(call.getName()));
    }

    private static boolean drawsByChance(JavaCall<?> call) {
        JavaClass owner = call.getTargetOwner();
        return owner.isAssignableTo(RandomGenerator.class)
                || owner.getPackageName().startsWith("java.util.random")
                || CHANCE.contains(call.getName());
    }

    private static boolean hasNoByteArray(JavaClass type) {
        return Arrays.stream(type.reflect().getRecordComponents())
                .noneMatch(component -> component.getType() == byte[].class);
    }
}
