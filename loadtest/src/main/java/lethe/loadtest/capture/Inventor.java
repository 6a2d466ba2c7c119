package lethe.loadtest.capture;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Makes people up, such that nobody else in the world has their names, and no two of them the same number. */
final class Inventor {
    private static final String CONSONANTS = "bdfgklmnprstvz";
    private static final String VOWELS = "aeiou";

    /** Syllables: 10^11 family names, so that none stands anywhere by chance. */
    private static final int FAMILY = 6;

    private static final int GIVEN = 3;

    /** A German mobile prefix, so that numbers have a national form. */
    private static final String PREFIX = "+49151";

    private static final int SUBSCRIBER = 8;

    /** Germany, and a network code that nobody has. */
    private static final String NETWORK = "26298";

    private static final int SUBSCRIPTION = 10;

    private static final String EQUIPMENT_TYPE = "35";
    private static final int EQUIPMENT = 12;

    private final RandomGenerator random;
    private final Set<String> numbers = new HashSet<>();

    Inventor(RandomGenerator random) {
        this.random = random;
    }

    /** Somebody with a phone that knows these people. */
    Owner owner(Person person, List<Person> contacts) {
        return new Owner(person, NETWORK + digits(SUBSCRIPTION), equipment(), name(FAMILY) + " Mobile", contacts);
    }

    List<Person> people(int count) {
        List<Person> people = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            people.add(person());
        }
        return people;
    }

    Person person() {
        String number = PREFIX + digits(SUBSCRIBER);
        while (!numbers.add(number)) {
            number = PREFIX + digits(SUBSCRIBER);
        }
        return new Person(name(GIVEN) + " " + name(FAMILY), number);
    }

    /** A word that nobody uses. */
    String word() {
        return name(FAMILY);
    }

    private String equipment() {
        String first = EQUIPMENT_TYPE + digits(EQUIPMENT);
        return first + check(first);
    }

    /** Luhn's digit (3GPP TS 23.003, annex B). */
    private static int check(String first) {
        int sum = 0;
        for (int i = 0; i < first.length(); i++) {
            int digit = Character.digit(first.charAt(i), 10) * (1 + i % 2);
            sum += digit / 10 + digit % 10;
        }
        return (10 - sum % 10) % 10;
    }

    private String digits(int count) {
        return text(count, "0123456789", "0123456789");
    }

    private String name(int syllables) {
        String small = text(2 * syllables, CONSONANTS, VOWELS);
        return Character.toUpperCase(small.charAt(0)) + small.substring(1);
    }

    private String text(int count, String even, String odd) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            String alphabet = i % 2 == 0 ? even : odd;
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
