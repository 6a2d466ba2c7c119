package lethe.device.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import lethe.core.account.DeviceList;
import lethe.core.identity.Opaque;
import lethe.device.store.ContentDamaged;
import lethe.device.store.MemorySlot;
import lethe.device.store.Slot;
import lethe.seal.Pin;
import lethe.seal.safety.SafetyNumber;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrustBookTest {
    private final Random random = new Random(1);
    private final Slot slot = new MemorySlot();
    private final TrustBook book = TrustBook.open(slot);
    private final Account bob = new Account(random);
    private final Account alice = new Account(random);
    private final Account mallory = Account.at(alice.tag(), random);

    @BeforeEach
    void bobsBook() {
        book.own(bob.tag(), bob.pin());
    }

    @Test
    void pinsWhomItMeetsFirst() {
        assertThat(book.find(alice.tag())).isEmpty();
        assertThat(alice.taughtTo(book)).isEqualTo(Learned.NEW);
        assertThat(alice.taughtTo(book)).isEqualTo(Learned.SAME);
        assertPinned(alice);
        assertThat(book.acquainted(alice.tag()).orElseThrow().verified()).isFalse();
    }

    @Test
    void pinsNewerListsOfTheSameAccountAndNoOlderOnes() {
        alice.taughtTo(book);
        DeviceList old = alice.list();
        alice.addPhone();

        assertThat(alice.taughtTo(book)).isEqualTo(Learned.NEWER_DEVICES);
        assertThat(book.learn(alice.tag(), alice.key(), old)).isEqualTo(Learned.OLDER_LIST);
        assertPinned(alice);
    }

    @Test
    void pinsOneOfTwoListsWithTheSameVersion() {
        alice.addPhone();
        alice.taughtTo(book);
        DeviceList pinned = alice.list();
        alice.phones.remove(1);

        assertThat(alice.taughtTo(book)).isEqualTo(Learned.TWO_LISTS);
        assertThat(book.find(alice.tag())).contains(new Pin(alice.key(), pinned));
    }

    @Test
    void believesNoListThatItsAccountDidNotSignForTheAddress() {
        assertThat(book.learn(alice.tag(), alice.key(), mallory.list())).isEqualTo(Learned.FORGED);
        assertThat(book.learn(bob.tag(), alice.key(), alice.list())).isEqualTo(Learned.FORGED);
        Account elsewhere = new Account(random);
        assertThat(book.learn(alice.tag(), elsewhere.key(), elsewhere.list())).isEqualTo(Learned.FORGED);
        assertThat(book.known()).isEmpty();
    }

    @Test
    void tellsOfAnotherAccountAndPinsItIfNobodyWasVerified() {
        alice.taughtTo(book);

        assertThat(mallory.taughtTo(book)).isEqualTo(Learned.ACCOUNT_CHANGED);
        assertPinned(mallory);
        assertThat(book.isHeld(alice.tag())).isFalse();
    }

    /** A broker brings out the account that had the address before. */
    @Test
    void doesNotGoBackToAnAccountThatHadTheAddressBefore() {
        alice.taughtTo(book);
        mallory.signedAnew().taughtTo(book);

        assertThat(alice.taughtTo(book)).isEqualTo(Learned.OLDER_LIST);
        assertPinned(mallory);
    }

    @Test
    void holdsWhenAnotherAccountIsShownForSomebodyVerified() {
        verifyAlice();

        assertThat(mallory.taughtTo(book)).isEqualTo(Learned.ACCOUNT_CHANGED_HELD);
        assertThat(mallory.taughtTo(book)).isEqualTo(Learned.ACCOUNT_CHANGED_HELD);
        assertPinned(alice);
        assertThat(book.isHeld(alice.tag())).isTrue();
        assertThat(TrustBook.open(slot).isHeld(alice.tag())).isTrue();

        assertThat(alice.taughtTo(book)).isEqualTo(Learned.SAME);
        assertThat(book.isHeld(alice.tag())).as("until the owner has said so").isTrue();
        assertThat(alice.addPhone().taughtTo(book)).isEqualTo(Learned.NEWER_DEVICES);
        assertThat(book.isHeld(alice.tag())).isTrue();
    }

    @Test
    void pinsTheOtherAccountWhenTheOwnerAcceptsThatVeryOne() {
        verifyAlice();
        assertThat(book.accept(alice.tag(), mallory.key())).isFalse();
        mallory.taughtTo(book);
        assertThat(book.accept(alice.tag(), alice.key())).isFalse();

        assertThat(book.accept(alice.tag(), mallory.key())).isTrue();
        assertPinned(mallory);
        Acquainted now = book.acquainted(alice.tag()).orElseThrow();
        assertThat(now.verified()).isFalse();
        assertThat(now.isHeld()).isFalse();
    }

    @Test
    void keepsThePinnedAccountWhenTheOwnerComparesAgain() {
        verifyAlice();
        mallory.taughtTo(book);

        verifyAlice();
        assertThat(book.isHeld(alice.tag())).isFalse();
        assertPinned(alice);
    }

    /** The account changed while the owner looked at the number. */
    @Test
    void verifiesOnlyWhatTheOwnerCompared() {
        alice.taughtTo(book);
        SafetyNumber seen = book.safetyNumber(alice.tag()).orElseThrow();
        mallory.taughtTo(book);

        assertThat(book.verify(alice.tag(), seen)).isFalse();
        assertThat(book.acquainted(alice.tag()).orElseThrow().verified()).isFalse();
    }

    @Test
    void givesBothTheSameNumber() {
        alice.taughtTo(book);
        TrustBook hers = TrustBook.open(new MemorySlot());
        assertThat(hers.safetyNumber(bob.tag())).isEmpty();
        hers.own(alice.tag(), alice.pin());
        assertThat(hers.safetyNumber(bob.tag())).isEmpty();
        bob.taughtTo(hers);

        assertThat(hers.safetyNumber(bob.tag())).isPresent().isEqualTo(book.safetyNumber(alice.tag()));
    }

    @Test
    void neverTakesAnotherAccountForItsOwn() {
        Account thief = Account.at(bob.tag(), random).signedAnew();

        assertThat(thief.taughtTo(book)).isEqualTo(Learned.ACCOUNT_CHANGED_HELD);
        assertPinned(bob);
        assertThat(book.isHeld(bob.tag())).as("its own phones get copies").isFalse();
        assertThat(bob.addPhone().taughtTo(book)).isEqualTo(Learned.NEWER_DEVICES);
        assertPinned(bob);
        book.forget(bob.tag());
        assertPinned(bob);
        assertThat(book.known()).isEmpty();
    }

    @Test
    void forgets() {
        verifyAlice();
        book.forget(alice.tag());

        assertThat(book.find(alice.tag())).isEmpty();
        assertThat(TrustBook.open(slot).find(alice.tag())).isEmpty();
        assertThat(mallory.taughtTo(book)).isEqualTo(Learned.NEW);
    }

    @Test
    void isTheSameAfterAStart() {
        verifyAlice();
        mallory.taughtTo(book);
        new Account(random).addPhone().taughtTo(book);

        TrustBook again = TrustBook.open(slot);
        assertThat(again.known()).isEqualTo(book.known()).hasSize(2);
        assertThat(again.own()).isEqualTo(book.own()).isPresent();
    }

    @Test
    void forgetsWhoWasUsedLongestAgoAndNobodyWhoIsVerified() {
        TrustBook small = new TrustBook(slot, 3);
        small.own(bob.tag(), bob.pin());
        alice.taughtTo(small);
        small.verify(alice.tag(), small.safetyNumber(alice.tag()).orElseThrow());
        Account used = new Account(random);
        Account unused = new Account(random);
        used.taughtTo(small);
        unused.taughtTo(small);
        small.find(used.tag());

        Account fourth = new Account(random);
        assertThat(fourth.taughtTo(small)).isEqualTo(Learned.NEW);
        assertThat(small.known()).extracting(Acquainted::tag).containsExactly(fourth.tag(), used.tag(), alice.tag());

        small.verify(used.tag(), small.safetyNumber(used.tag()).orElseThrow());
        small.verify(fourth.tag(), small.safetyNumber(fourth.tag()).orElseThrow());
        assertThat(unused.taughtTo(small)).isEqualTo(Learned.FULL);
        assertThat(small.find(unused.tag())).isEmpty();
    }

    @Test
    void isNotGuessedFromADamagedSlot() {
        alice.addPhone().taughtTo(book);
        byte[] whole = slot.read().orElseThrow().toBytes();
        for (int length = 0; length < whole.length; length++) {
            assertDamaged(Arrays.copyOf(whole, length));
        }
        assertDamaged(Arrays.copyOf(whole, whole.length + 1));
        byte[] other = whole.clone();
        other[0] = 2;
        assertDamaged(other);
    }

    @Test
    void printsNobody() {
        verifyAlice();

        assertThat(book).hasToString("TrustBook[***]");
        assertThat(book.known()).hasToString("[Acquainted[***]]");
    }

    private void verifyAlice() {
        alice.taughtTo(book);
        assertThat(book.verify(alice.tag(), book.safetyNumber(alice.tag()).orElseThrow()))
                .isTrue();
    }

    private void assertPinned(Account account) {
        assertThat(book.find(account.tag())).contains(account.pin());
        assertThat(TrustBook.open(slot).find(account.tag())).contains(account.pin());
    }

    private static void assertDamaged(byte[] content) {
        MemorySlot damaged = new MemorySlot();
        damaged.write(Opaque.wrap(content));
        assertThatThrownBy(() -> TrustBook.open(damaged)).isInstanceOf(ContentDamaged.class);
    }
}
