package lethe.core.subscriber;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import lethe.core.Samples;
import lethe.core.account.Device;
import lethe.core.block.Blocks;
import lethe.core.identity.MessageId;
import lethe.core.lookup.ListedTag;
import lethe.core.lookup.Listing;
import lethe.core.queue.Slot;
import lethe.core.receipt.Receipt;
import lethe.core.receipt.ReceiptState;
import org.junit.jupiter.api.Test;

class SubscriberStateTest {
    private static final Instant NOW = Samples.START;

    private final Random random = new Random(1);
    private final Device phone = Samples.device(random);
    private final SubscriberState state = SubscriberState.absent(7);
    private long lastNumber;

    private void givenOptedIn() {
        new SubscriberEvent.OptedIn(Samples.consent(random, phone.id()), Samples.account(phone)).applyTo(state);
        state.saved();
    }

    private HeldEnvelope held() {
        HeldEnvelope row = new HeldEnvelope(
                new Slot(7, ++lastNumber), phone.id(), Samples.envelope(random, 8, NOW.plusSeconds(60)));
        new SubscriberEvent.Held(List.of(row)).applyTo(state);
        return row;
    }

    private Receipt ended(MessageId id, ReceiptState as) {
        Receipt receipt = new Receipt(id, as, NOW, false, 1);
        new SubscriberEvent.Ended(List.of(receipt)).applyTo(state);
        return receipt;
    }

    private void settled(MessageId id) {
        new SubscriberEvent.Settled(List.of(id)).applyTo(state);
    }

    private static Changes nothing() {
        return new Changes(false, List.of(), List.of(), List.of(), List.of());
    }

    @Test
    void isAbsentUntilTheSubscriberOptsIn() {
        assertThat(state.consent()).isEmpty();
        assertThat(state.head()).isEmpty();
        assertThat(state.devices()).isEmpty();
        assertThat(state.changes()).isEqualTo(nothing());
        assertThat(state.incarnation()).isEqualTo(7);
    }

    @Test
    void knowsTheDeviceThatOptedIn() {
        givenOptedIn();

        assertThat(state.device(phone.id())).contains(phone);
        assertThat(state.device(Samples.deviceId(random))).isEmpty();
        assertThat(state.head()).map(Head::account).contains(Samples.account(phone));
    }

    @Test
    void keepsItsBlocksUntilItWithdraws() {
        givenOptedIn();
        Blocks blocks = Blocks.NONE.with(1, Samples.opaque(random, Blocks.KEY_LENGTH));
        new SubscriberEvent.Blocked(blocks).applyTo(state);
        Head head = state.head().orElseThrow();
        assertThat(SubscriberState.recovered(8, head, List.of(), List.of(), Set.of())
                        .blocks())
                .isEqualTo(blocks);

        new SubscriberEvent.OptedIn(Samples.consent(random, phone.id()), Samples.account(phone)).applyTo(state);
        assertThat(state.blocks()).isEqualTo(blocks);

        new SubscriberEvent.OptedOut().applyTo(state);
        assertThat(state.blocks()).isEqualTo(Blocks.NONE);
    }

    @Test
    void handsItsBlocksToNoOtherAccount() {
        givenOptedIn();
        new SubscriberEvent.Blocked(Blocks.NONE.with(1, Samples.opaque(random, Blocks.KEY_LENGTH))).applyTo(state);

        new SubscriberEvent.OptedIn(Samples.consent(random, phone.id()), Samples.account(random, 1, phone))
                .applyTo(state);
        assertThat(state.blocks()).isEqualTo(Blocks.NONE);
    }

    @Test
    void isListedAsLongAsItAgreesToThat() {
        Listing listing = new Listing(ListedTag.of(Samples.tag(random)), NOW);
        new SubscriberEvent.OptedIn(Samples.consent(random, phone.id()), Samples.account(phone), listing)
                .applyTo(state);
        assertThat(state.listing()).contains(listing);
        Head head = state.head().orElseThrow();
        assertThat(SubscriberState.recovered(8, head, List.of(), List.of(), Set.of())
                        .listing())
                .contains(listing);

        givenOptedIn();
        assertThat(state.listing()).isEmpty();
        new SubscriberEvent.OptedIn(Samples.consent(random, phone.id()), Samples.account(phone), listing)
                .applyTo(state);
        new SubscriberEvent.OptedOut().applyTo(state);
        assertThat(state.listing()).isEmpty();
    }

    @Test
    void writesOnlyWhatChangedSinceTheLastSnapshot() {
        givenOptedIn();
        HeldEnvelope first = held();
        state.saved();
        HeldEnvelope second = held();
        Receipt receipt = ended(first.envelope().id(), ReceiptState.DELIVERED);

        assertThat(state.changes())
                .isEqualTo(new Changes(false, List.of(second), List.of(first), List.of(receipt), List.of()));
        state.saved();
        assertThat(state.changes()).isEqualTo(nothing());
        assertThat(state.held()).containsExactly(second);
    }

    @Test
    void writesNoContentOfWhatCameAndWentBetweenTwoSnapshots() {
        givenOptedIn();
        MessageId id = held().envelope().id();
        ended(id, ReceiptState.EXPIRED);
        settled(id);

        assertThat(state.changes()).isEqualTo(new Changes(false, List.of(), List.of(), List.of(), List.of(id)));
    }

    @Test
    void deletesAStoredReceiptThatWasSettledTwice() {
        givenOptedIn();
        MessageId id = Samples.messageId(random);
        ended(id, ReceiptState.REVOKED);
        state.saved();
        settled(id);
        ended(id, ReceiptState.REVOKED);
        settled(id);

        assertThat(state.changes()).isEqualTo(new Changes(false, List.of(), List.of(), List.of(), List.of(id)));
    }

    @Test
    void keepsTheFirstEndOfAMessage() {
        givenOptedIn();
        MessageId id = held().envelope().id();
        Receipt first = ended(id, ReceiptState.DELIVERED);
        state.saved();
        ended(id, ReceiptState.EXPIRED);

        assertThat(state.receipt(id)).contains(first);
        assertThat(state.changes()).isEqualTo(nothing());
    }

    @Test
    void deletesNoReceiptThatItAddsWithTheSameSnapshot() {
        givenOptedIn();
        MessageId id = Samples.messageId(random);
        ended(id, ReceiptState.REVOKED);
        state.saved();
        settled(id);
        Receipt again = ended(id, ReceiptState.REVOKED);

        assertThat(state.changes().receipts()).containsExactly(again);
        assertThat(state.changes().settled()).isEmpty();
    }

    @Test
    void settlesWhatItDoesNotKnow() {
        givenOptedIn();
        settled(Samples.messageId(random));

        assertThat(state.changes()).isEqualTo(nothing());
    }

    @Test
    void hasNothingLeftAfterTheSubscriberOptsOut() {
        givenOptedIn();
        HeldEnvelope row = held();
        held();
        state.saved();
        ended(row.envelope().id(), ReceiptState.DELIVERED);
        held();

        new SubscriberEvent.OptedOut().applyTo(state);

        assertThat(state.changes()).isEqualTo(new Changes(true, List.of(), List.of(), List.of(), List.of()));
        assertThat(state.consent()).isEmpty();
        assertThat(state.head()).isEmpty();
        assertThat(state.devices()).isEmpty();
        assertThat(state.held()).isEmpty();
        assertThat(state.receipts()).isEmpty();
    }

    @Test
    void erasesFirstWhenTheSubscriberComesBackBeforeTheNextSnapshot() {
        givenOptedIn();
        held();
        state.saved();
        new SubscriberEvent.OptedOut().applyTo(state);
        new SubscriberEvent.OptedIn(Samples.consent(random, phone.id()), Samples.account(phone)).applyTo(state);
        HeldEnvelope fresh = held();

        assertThat(state.changes()).isEqualTo(new Changes(true, List.of(fresh), List.of(), List.of(), List.of()));
    }

    @Test
    void printsHowMuchThereIsAndNotWhat() {
        givenOptedIn();
        held();

        assertThat(state).hasToString("SubscriberState[incarnation=7, held=1, receipts=0]");
    }
}
