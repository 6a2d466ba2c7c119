package lethe.persistence.row;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import lethe.core.lookup.ListedTag;
import lethe.core.lookup.Listing;

/** How a subscriber is listed, as stored; {@code since} is milliseconds since 1970. */
record ListingRow(
        @JsonProperty("entry") long entry,
        @JsonProperty("since") long since) {

    static ListingRow of(Listing listing) {
        return new ListingRow(listing.entry().bits(), listing.since().toEpochMilli());
    }

    Listing toListing() {
        return new Listing(new ListedTag(entry), Instant.ofEpochMilli(since));
    }

    @Override
    public String toString() {
        return "ListingRow[***]";
    }
}
