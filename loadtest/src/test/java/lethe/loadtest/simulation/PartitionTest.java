package lethe.loadtest.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.loadtest.simulation.Row.Address;
import lethe.loadtest.simulation.Row.Says;
import org.junit.jupiter.api.Test;

/** As Cassandra does it, whichever comes first. */
class PartitionTest {
    private static final MessageId ID = new MessageId(Opaque.wrap(new byte[MessageId.LENGTH]));

    private final Partition partition = new Partition();

    @Test
    void hidesWhatWasWrittenBeforeItWasDeletedAlsoIfItComesLate() {
        partition.deleteUpTo(Address.receipt(ID, 2), 10);
        partition.write(row(1, 9));
        partition.write(row(2, 10));

        assertThat(partition.rows()).isEmpty();
    }

    @Test
    void showsWhatWasWrittenAfterItWasDeleted() {
        partition.write(row(1, 11));
        partition.deleteUpTo(Address.receipt(ID, 2), 10);
        partition.deleteAll(10);

        assertThat(partition.rows()).containsExactly(row(1, 11));
    }

    @Test
    void deletesNoLaterIncarnation() {
        partition.write(row(3, 1));
        partition.deleteUpTo(Address.receipt(ID, 2), 10);
        partition.deleteBelow(Address.receipt(ID, 3), 10);
        partition.delete(Address.receipt(ID, 4), 10);

        assertThat(partition.rows()).containsExactly(row(3, 1));
    }

    @Test
    void keepsTheYoungerOfTwoWrites() {
        partition.write(row(1, 7));
        partition.write(row(1, 6));

        assertThat(partition.rows()).containsExactly(row(1, 7));
    }

    private static Row row(long incarnation, long writtenAt) {
        return new Row(Address.receipt(ID, incarnation), 1, 1, new Says.OfErasure(), writtenAt);
    }
}
