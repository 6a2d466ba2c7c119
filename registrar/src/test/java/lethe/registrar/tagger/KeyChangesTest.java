package lethe.registrar.tagger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import lethe.core.identity.Tag;
import lethe.oprf.Fault;
import lethe.oprf.PinnedKey;
import lethe.oprf.Tagging;
import org.junit.jupiter.api.Test;

/** What operators do with keys changes no tag, but for those of a version that they drop. */
class KeyChangesTest {
    private final Random random = new Random(11);
    private final Keyring keys =
            KeyChanges.withNext(Keyring.draw(random), random).orElseThrow();
    private final Keyring one = KeyChanges.drawnLike(keys, random);
    private final Keyring other = KeyChanges.minus(keys, one).orElseThrow();

    @Test
    void aSplitKeepsTheTagsOfEveryVersion() {
        for (int version = 1; version <= 2; version++) {
            PinnedKey pinned = Asking.pinned(keys, version);

            assertThat(Asking.tags(pinned, one, other)).isEqualTo(Asking.tags(pinned, keys));
        }
    }

    @Test
    void aRefreshKeepsThemTooAndOldSharesAreWorthNothing() {
        Keyring difference = KeyChanges.drawnLike(one, random);
        Keyring newOne = KeyChanges.minus(one, difference).orElseThrow();
        Keyring newOther = KeyChanges.plus(other, difference).orElseThrow();
        PinnedKey pinned = Asking.pinned(keys, 1);

        assertThat(Asking.tags(pinned, newOne, newOther)).isEqualTo(Asking.tags(pinned, keys));
        assertThat(Asking.ask(pinned, one, newOther)).isEqualTo(new Tagging.Refused(Fault.OTHER_KEY));
        assertThat(Asking.ask(pinned, newOne, other)).isEqualTo(new Tagging.Refused(Fault.OTHER_KEY));
    }

    @Test
    void anotherVersionHasOtherTags() {
        List<Tag> first = Asking.tags(Asking.pinned(keys, 1), keys);

        assertThat(Asking.tags(Asking.pinned(keys, 2), keys)).doesNotContainAnyElementsOf(first);
    }

    @Test
    void theNextVersionLeavesTheOthersAsTheyAre() {
        Keyring more = KeyChanges.withNext(keys, random).orElseThrow();

        assertThat(more.published().keys().subList(0, 2))
                .isEqualTo(keys.published().keys());
        assertThat(more.published().keys().get(2).version()).isEqualTo(3);
    }

    @Test
    void thereIsRoomForEight() {
        Keyring full = keys;
        for (int version = 3; version <= Keyring.MOST; version++) {
            full = KeyChanges.withNext(full, random).orElseThrow();
        }

        assertThat(KeyChanges.withNext(full, random)).isEmpty();
    }

    @Test
    void theLastKeyIsNotDropped() {
        Keyring fewer = KeyChanges.without(keys, 1).orElseThrow();

        assertThat(fewer.keys().keySet()).containsExactly(2);
        assertThat(KeyChanges.without(fewer, 1)).isEmpty();
        assertThat(KeyChanges.without(fewer, 2)).isEmpty();
    }

    @Test
    void sharesOfOtherVersionsAreNotCombined() {
        assertThat(KeyChanges.plus(keys, Keyring.draw(random))).isEmpty();
        assertThat(KeyChanges.minus(keys, Keyring.draw(random))).isEmpty();
    }

    @Test
    void noKeyPrints() {
        assertThat(keys).hasToString("Keyring[2 keys]");
    }
}
