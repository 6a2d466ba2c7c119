package lethe.device;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.RevealsIdentifiers;

@AnalyzeClasses(packages = "lethe.device", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule KNOWS_NO_OTHER_MODULE_THAN_CORE_WIRE_OPRF_SEAL_AND_CLIENT = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "lethe.broker..",
                    "lethe.registrar..",
                    "lethe.persistence..",
                    "lethe.cluster..",
                    "lethe.loadtest..",
                    "akka..");

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("lethe.device.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule OUTBOX_INBOX_AND_FILES_ONLY_DECIDE = noClasses()
            .that()
            .resideInAnyPackage("lethe.device.outbox..", "lethe.device.inbox..", "lethe.device.files")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.net..", "java.util.concurrent..")
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "instant");

    @ArchTest
    static final ArchRule NOBODY_READS_THE_SYSTEM_CLOCK_BUT_THE_RUNTIME_AND_THE_COMMANDS = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(DeviceRuntime.class.getName())
            .and()
            .resideOutsideOfPackage("lethe.device.phone..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule ONLY_MARKED_METHODS_REVEAL_A_NUMBER = methods()
            .that(new DescribedPredicate<>("reveal a plain identifier") {
                @Override
                public boolean test(JavaMethod method) {
                    return method.getMethodCallsFromSelf().stream()
                            .map(JavaAccess::getTarget)
                            .anyMatch(target -> target.getName().equals("reveal")
                                    && target.getOwner().isEquivalentTo(PlainIdentifier.class));
                }
            })
            .should()
            .beAnnotatedWith(RevealsIdentifiers.class);

    @ArchTest
    static final ArchRule THE_WIRE_NEVER_SEES_A_NUMBER = noClasses()
            .that()
            .resideInAnyPackage("lethe.device.http..", "lethe.device.socket..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(PlainIdentifier.class)
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("lethe.device.sms..", "lethe.device.contacts..");

    @ArchTest
    static final ArchRule NUMBERS_ARE_NOT_STRINGS = noFields()
            .that()
            .haveRawType(String.class)
            .should(new ArchCondition<>("be named after an identifier in clear") {
                @Override
                public void check(JavaField field, ConditionEvents events) {
                    String name = field.getName().toLowerCase(Locale.ROOT);
                    boolean named = name.matches(".*(imei|imsi|msisdn|phonenumber).*") || name.equals("number");
                    events.add(new SimpleConditionEvent(field, named, field.getDescription()));
                }
            });

    @ArchTest
    static final ArchRule NOTHING_IS_A_MANAGER =
            noClasses().should().haveNameMatching(".*(Util|Utils|Manager|Impl|Helper)");

    @ArchTest
    static final ArchRule NOTHING_PRINTS_OR_LOGS_BY_ITSELF = noClasses()
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(Throwable.class, "printStackTrace")
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.logging..", "org.slf4j..");

    @ArchTest
    static final ArchRule RECORDS_HOLD_NO_ARRAYS = noFields()
            .that()
            .areDeclaredInClassesThat(new DescribedPredicate<>("are records") {
                @Override
                public boolean test(JavaClass type) {
                    return type.isRecord();
                }
            })
            .and()
            .areNotStatic()
            .should()
            .haveRawType(byte[].class);
}
