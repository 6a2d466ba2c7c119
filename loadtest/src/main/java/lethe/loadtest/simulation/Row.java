package lethe.loadtest.simulation;

import java.util.List;
import java.util.Map;
import java.util.Set;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.receipt.Receipt;
import lethe.core.subscriber.Head;
import lethe.core.subscriber.HeldEnvelope;

/**
 * One row of a subscriber's partition, as {@code persistence.fence} has them.
 *
 * @param life of the subscriber, to which it belongs
 * @param sequence of the save that wrote it
 * @param writtenAt its timestamp in microseconds
 */
record Row(Address address, long life, long sequence, Says says, long writtenAt) {
    enum Kind {
        HEAD,
        HELD,
        RECEIPT,
        KEYS
    }

    /** What a row is about: a message, or nothing. */
    record Item(Kind kind, MessageId id) {}

    /** Where a row is. */
    record Address(Item item, long incarnation) {
        private static final MessageId NONE = new MessageId(Opaque.wrap(new byte[MessageId.LENGTH]));

        static Address head(long incarnation) {
            return new Address(new Item(Kind.HEAD, NONE), incarnation);
        }

        static Address keys(long incarnation) {
            return new Address(new Item(Kind.KEYS, NONE), incarnation);
        }

        static Address held(MessageId id, long incarnation) {
            return new Address(new Item(Kind.HELD, id), incarnation);
        }

        static Address receipt(MessageId id, long incarnation) {
            return new Address(new Item(Kind.RECEIPT, id), incarnation);
        }

        Kind kind() {
            return item.kind();
        }
    }

    /** What a row says. */
    sealed interface Says {
        /**
         * That what its incarnation saved up to here counts.
         *
         * @param gone rows that do not count any more, of this incarnation and those before
         */
        record OfHead(Head head, Map<Long, Long> adopted, List<Address> gone) implements Says {}

        /** That the subscriber has withdrawn. */
        record OfErasure() implements Says {}

        /** An envelope, under the key of an epoch. */
        record OfHeld(HeldEnvelope held, long epoch) implements Says {}

        record OfReceipt(Receipt receipt) implements Says {}

        /** The keys of older rows, under the key of an epoch. */
        record OfKeys(Set<Address> rows, long epoch) implements Says {}
    }
}
