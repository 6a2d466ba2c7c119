package lethe.loadtest.load;

/**
 * What came of a {@link Flood}.
 *
 * @param asked requests that were answered
 * @param limited of these with 429
 * @param failed connections that the broker closed or did not answer on
 */
public record FloodCount(long asked, long limited, long failed) {
    FloodCount since(FloodCount then) {
        return new FloodCount(asked - then.asked, limited - then.limited, failed - then.failed);
    }
}
