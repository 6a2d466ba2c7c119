package lethe.core;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.function.Predicate;

/** Conditions on classes that ArchUnit does not have. */
final class Rules {
    private Rules() {}

    static ArchCondition<JavaClass> holdFor(String description, Predicate<JavaClass> test) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                events.add(new SimpleConditionEvent(type, test.test(type), type.getName() + ": " + description));
            }
        };
    }
}
