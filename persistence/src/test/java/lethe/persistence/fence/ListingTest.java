package lethe.persistence.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import lethe.core.lookup.ListedTag;
import lethe.core.lookup.Listing;
import lethe.core.subscriber.SubscriberEvent;
import lethe.persistence.lookup.ListingTable;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.Test;
import org.scalatestplus.junit.JUnitSuite;

/** Whoever is listed has a head that says so; whoever has opted out is not listed when that is answered. */
public class ListingTest extends JUnitSuite {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Random RANDOM = new Random();

    private static Node one;
    private static Node two;
    private static ListingTable table;

    private final Given given = new Given(System.nanoTime());
    private final String pid = given.persistenceId();
    private final SubscriberEvent.OptedIn unlisted = given.optedIn();
    private final Listing listing =
            new Listing(new ListedTag(RANDOM.nextLong()), Instant.ofEpochMilli(1_795_000_000_000L));

    @BeforeClass
    public static void open() {
        one = Node.open();
        two = Node.open();
        table = Node.await(ListingTable.prepare(one.database));
    }

    @AfterClass
    public static void close() {
        one.close();
        two.close();
    }

    @Test
    public void listsNobodyWhoDidNotAskForIt() {
        var entity = Entity.recover(one, pid);
        entity.persist(unlisted);
        entity.saveAgain();

        assertThat(Entity.recover(two, pid).state.listing()).isEmpty();
        assertThat(isListed()).isFalse();
    }

    @Test
    public void listsWhoAskedForItUnderTheEpochOfItsConsent() {
        givenListed();

        assertThat(isListed(unlisted.consent().epoch())).isTrue();
        assertThat(isListed(unlisted.consent().epoch() + 1)).isFalse();
        assertThat(listedSince(listing.since())).contains(listing.entry().bits());
        assertThat(listedSince(listing.since().plusMillis(1)))
                .doesNotContain(listing.entry().bits());
        assertThat(Entity.recover(two, pid).state.listing()).contains(listing);
    }

    @Test
    public void listsNobodyAnyMoreWhenTheOptOutIsAnswered() {
        var entity = givenListed();
        entity.persist(new SubscriberEvent.OptedOut());

        assertThat(isListed()).isFalse();
    }

    @Test
    public void listsNobodyAnyMoreWhoOptsOutAfterARecovery() {
        givenListed();
        Entity.recover(two, pid).persist(new SubscriberEvent.OptedOut());

        assertThat(isListed()).isFalse();
    }

    @Test
    public void listsNobodyAnyMoreWhoAgreesToLess() {
        givenListed();
        var entity = Entity.recover(two, pid);
        entity.persist(unlisted);

        assertThat(isListed()).isFalse();
        assertThat(Entity.recover(one, pid).state.listing()).isEmpty();
        assertThat(isListed()).isFalse();
    }

    @Test
    public void anErasureThatACrashCutShortIsFinishedHereToo() {
        var entity = givenListed();
        var claim = one.store.claim(pid).orElseThrow();
        Node.await(one.database.write(
                List.of(one.store.planner().erasure(pid, claim, entity.sequence + 1, Instant.now()))));
        assertThat(isListed()).isTrue();

        assertThat(Entity.recover(two, pid).state.consent()).isEmpty();
        assertThat(isListed()).isFalse();
    }

    @Test
    public void aListingThatACrashPreventedIsMadeUpForAtTheNextRecovery() {
        givenListed();
        Node.await(table.delete(listing.entry(), writtenAt()));
        assertThat(isListed()).isFalse();

        Entity.recover(two, pid);
        await().atMost(SOON).until(this::isListed);
    }

    @Test
    public void aListingThatArrivesAfterTheOptOutDoesNotCount() {
        var entity = givenListed();
        var late = writtenAt();
        entity.persist(new SubscriberEvent.OptedOut());

        Node.await(table.put(listing, unlisted.consent().epoch(), late));
        assertThat(isListed()).isFalse();
    }

    @Test
    public void everyListingEndsUnlessItIsRenewed() {
        givenListed();

        assertThat(one.count("SELECT cast(ttl(epoch) AS bigint) " + row()))
                .isBetween(1L, ListingTable.LIFETIME.toSeconds());
    }

    @Test
    public void givesAllInAscendingOrder() {
        var entries = RANDOM.longs(300)
                .mapToObj(bits -> new Listing(new ListedTag(bits), listing.since()))
                .toList();
        entries.forEach(entry -> Node.await(table.put(entry, 7, 1)));

        var found = new ArrayList<Long>();
        Node.await(table.each(1, found::add));
        assertThat(found).isSortedAccordingTo(Long::compareUnsigned);
        assertThat(found)
                .containsAll(entries.stream().map(entry -> entry.entry().bits()).toList());
    }

    private Entity givenListed() {
        var entity = Entity.recover(one, pid);
        entity.persist(new SubscriberEvent.OptedIn(unlisted.consent(), unlisted.account(), listing));
        await().atMost(SOON).until(this::isListed);
        return entity;
    }

    private boolean isListed() {
        return isListed(1);
    }

    private boolean isListed(long epoch) {
        var found = new ArrayList<Long>();
        Node.await(table.each(epoch, found::add));
        return found.contains(listing.entry().bits());
    }

    private static List<Long> listedSince(Instant from) {
        var found = new ArrayList<Long>();
        Node.await(table.each(1, from, found::add));
        return found;
    }

    private long writtenAt() {
        return one.count("SELECT writetime(epoch) " + row());
    }

    private String row() {
        var bits = listing.entry().bits();
        return "FROM %slisted WHERE slice = " + (bits >>> 56) + " AND entry = " + bits;
    }
}
