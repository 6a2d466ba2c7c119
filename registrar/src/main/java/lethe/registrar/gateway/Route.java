package lethe.registrar.gateway;

import java.util.List;

/**
 * Where SMS to numbers that begin so go, and what they may cost.
 *
 * @param prefix with the plus sign
 * @param centres by name, in the order in which they are tried
 * @param price of a part, in a unit that the operator chooses
 * @param aMinute SMS a minute, at most
 * @param aDay costs a day, at most
 */
record Route(String prefix, List<String> centres, long price, int aMinute, long aDay) {
    Route {
        centres = List.copyOf(centres);
    }
}
