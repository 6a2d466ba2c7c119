package lethe.loadtest.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import lethe.core.identity.PlainIdentifier;
import org.junit.jupiter.api.Test;

class InventorTest {
    private final Inventor inventor = new Inventor(new Random(1));

    @Test
    void makesUpPeopleWhoAreAllDifferent() {
        List<Person> people = inventor.people(1_000);
        assertThat(people.stream().map(Person::digits)).doesNotHaveDuplicates();
        assertThat(people.stream().map(Person::name)).doesNotHaveDuplicates();
        assertThat(people).allMatch(person -> person.number().kind() == PlainIdentifier.Kind.NUMBER);
    }

    @Test
    void makesUpPhonesThatCouldBeReal() {
        Owner owner = inventor.owner(inventor.person(), List.of());
        assertThat(PlainIdentifier.of(PlainIdentifier.Kind.IMSI, owner.subscription()))
                .isNotNull();
        assertThat(owner.equipment()).hasSize(15);
        assertThat(luhn(owner.equipment())).isZero();
    }

    @Test
    void printsNobody() {
        Person person = inventor.person();
        assertThat(person.toString()).isEqualTo("Person[***]");
        assertThat(inventor.owner(person, List.of(person)).toString()).isEqualTo("Owner[***]");
    }

    private static int luhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int twice = i % 2 == 1 ? 2 * digit : digit;
            sum += twice > 9 ? twice - 9 : twice;
        }
        return sum % 10;
    }
}
