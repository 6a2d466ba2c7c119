package lethe.persistence.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatement;

/**
 * A statement that changes one partition, and about how many bytes of a batch it takes.
 *
 * @param statement to execute
 * @param bytes estimated from above
 */
public record Write(BoundStatement statement, int bytes) {

    /** What a statement takes besides its id and payload. */
    public static final int OVERHEAD = 128;

    /** A statement without payload. */
    public static Write small(BoundStatement statement) {
        return new Write(statement, OVERHEAD);
    }
}
