package lethe.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** Core, wire, persistence, cluster-config and broker, seen from above. */
@AnalyzeClasses(packages = "lethe", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule onlyPersistenceSpeaksToCassandra = noClasses()
            .that()
            .resideOutsideOfPackage("lethe.persistence..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.datastax..", "org.apache.cassandra..");

    @ArchTest
    static final ArchRule onlyTheEdgeSpeaksHttp = noClasses()
            .that()
            .resideOutsideOfPackage("lethe.broker.edge..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("akka.http..");

    @ArchTest
    static final ArchRule onlyTelemetryKnowsWhoReadsItsNumbers = noClasses()
            .that()
            .resideOutsideOfPackage("lethe.broker.telemetry..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.micrometer..", "io.prometheus..");

    @ArchTest
    static final ArchRule theEdgeStoresNothing = noClasses()
            .that()
            .resideInAPackage("lethe.broker.edge..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("akka.persistence..", "lethe.persistence..");

    @ArchTest
    static final ArchRule sessionsKnowNoTransport = noClasses()
            .that()
            .resideInAPackage("lethe.broker.session..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("akka.http..", "akka.stream..", "lethe.broker.edge..", "lethe.wire..", "io.netty..");

    @ArchTest
    static final ArchRule subscribersKnowNeitherSessionsNorTheEdge = noClasses()
            .that()
            .resideInAPackage("lethe.broker.subscriber..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("lethe.broker.session..", "lethe.broker.edge..", "lethe.wire..");

    @ArchTest
    static final ArchRule subscribersSeeNoTag = noClasses()
            .that()
            .resideInAPackage("lethe.broker.subscriber..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("lethe.core.identity.Tag");

    @ArchTest
    static final ArchRule nobodyHereOpensEnvelopes =
            noClasses().should().dependOnClassesThat().resideInAPackage("lethe.seal..");

    @ArchTest
    static final ArchRule nothingGoesInCircles =
            slices().matching("lethe.(*).(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nobodyPrints = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Command")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("java.util.logging..");

    @ArchTest
    static final ArchRule namesSayWhatAThingIs =
            noClasses().should().haveNameMatching(".*(Util|Utils|Manager|Impl|Helper)");

    @ArchTest
    static final ArchRule identifiersAreNotStrings = fields().that()
            .haveNameMatching("(?i).*(imei|imsi|msisdn|phonenumber).*")
            .should()
            .notHaveRawType(String.class)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule theBrokerRevealsNoIdentifier =
            methods().should(new NotReveal()).because("a number in clear never reaches the broker");

    private static final class NotReveal extends ArchCondition<JavaMethod> {
        NotReveal() {
            super("not call PlainIdentifier.reveal");
        }

        @Override
        public void check(JavaMethod method, ConditionEvents events) {
            method.getMethodCallsFromSelf().stream()
                    .filter(call -> isIdentifier(call.getTargetOwner()))
                    .filter(call -> call.getTarget().getName().equals("reveal"))
                    .forEach(call -> events.add(SimpleConditionEvent.violated(method, call.getDescription())));
        }

        private static boolean isIdentifier(JavaClass owner) {
            return owner.getName().equals("lethe.core.identity.PlainIdentifier");
        }
    }
}
