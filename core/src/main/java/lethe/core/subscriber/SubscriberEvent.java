package lethe.core.subscriber;

import java.time.Instant;
import java.util.List;
import lethe.core.account.Account;
import lethe.core.account.Takeover;
import lethe.core.block.Blocks;
import lethe.core.consent.Consent;
import lethe.core.identity.DeviceId;
import lethe.core.identity.MessageId;
import lethe.core.lookup.Listing;
import lethe.core.prekey.PrekeyBatch;
import lethe.core.prekey.PrekeyRef;
import lethe.core.receipt.Receipt;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a subscriber: receipts, of consent and of delivery. Not stored: the snapshot after it says as much.
 */
public sealed interface SubscriberEvent {
    /** Folds this event into the state. */
    void applyTo(SubscriberState state);

    /**
     * The subscriber agreed, and this account is whose address it is from now on.
     *
     * @param listing null unless it agreed to be listed
     */
    record OptedIn(
            Consent consent, Account account, @Nullable Listing listing) implements SubscriberEvent {
        /** Not to be listed. */
        public OptedIn(Consent consent, Account account) {
            this(consent, account, null);
        }

        @Override
        public void applyTo(SubscriberState state) {
            state.enter(consent, account, listing);
        }
    }

    /** Somebody has shown a verifier's statement, and it was believed: it counts no more. */
    record StatementUsed(Shown statement) implements SubscriberEvent {
        @Override
        public void applyTo(SubscriberState state) {
            state.show(statement);
        }
    }

    /** The account has other devices now. */
    record DevicesListed(Account account) implements SubscriberEvent {
        @Override
        public void applyTo(SubscriberState state) {
            state.list(account);
        }
    }

    /** The account has another PIN now, or none, or somebody has tried at it. */
    record PinKept(Account account) implements SubscriberEvent {
        @Override
        public void applyTo(SubscriberState state) {
            state.list(account);
        }
    }

    /** Somebody else has proven the number, or the owner has objected. */
    record Contested(Takeover takeover) implements SubscriberEvent {
        @Override
        public void applyTo(SubscriberState state) {
            state.contest(takeover);
        }
    }

    /** From whom the subscriber takes messages has changed. */
    record Blocked(Blocks blocks) implements SubscriberEvent {
        @Override
        public void applyTo(SubscriberState state) {
            state.block(blocks);
        }
    }

    /** The subscriber withdrew: everything of it goes. */
    record OptedOut() implements SubscriberEvent {
        @Override
        public void applyTo(SubscriberState state) {
            state.erase();
        }
    }

    /** The broker takes custody. */
    record Held(List<HeldEnvelope> envelopes) implements SubscriberEvent {
        public Held {
            envelopes = List.copyOf(envelopes);
        }

        @Override
        public void applyTo(SubscriberState state) {
            envelopes.forEach(state::hold);
        }
    }

    /** Messages ended whose end must outlive the actor. */
    record Ended(List<Receipt> receipts) implements SubscriberEvent {
        public Ended {
            receipts = List.copyOf(receipts);
        }

        @Override
        public void applyTo(SubscriberState state) {
            receipts.forEach(state::end);
        }
    }

    /** A device has published prekeys. */
    record PrekeysPublished(DeviceId device, PrekeyBatch batch) implements SubscriberEvent {
        @Override
        public void applyTo(SubscriberState state) {
            state.publish(device, batch);
        }
    }

    /** These one-time prekeys are given to somebody: never to anybody else. */
    record PrekeysTaken(List<PrekeyRef> prekeys) implements SubscriberEvent {
        public PrekeysTaken {
            prekeys = List.copyOf(prekeys);
        }

        @Override
        public void applyTo(SubscriberState state) {
            prekeys.forEach(state::take);
        }
    }

    /** Senders have these receipts. */
    record Settled(List<MessageId> ids) implements SubscriberEvent {
        public Settled {
            ids = List.copyOf(ids);
        }

        @Override
        public void applyTo(SubscriberState state) {
            ids.forEach(state::settle);
        }
    }

    /**
     * Somebody looked, because something was due. What still waits must be found again when the next of it is due.
     *
     * @param at by the clock of whoever looked, which may be ahead
     */
    record Woken(Instant at) implements SubscriberEvent {
        @Override
        public void applyTo(SubscriberState state) {
            state.woken(at);
        }
    }
}
