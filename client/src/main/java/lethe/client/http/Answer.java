package lethe.client.http;

import lethe.core.protocol.Problem;

/** What came of an HTTP request. */
public sealed interface Answer<T> {
    record Good<T>(T value) implements Answer<T> {}

    /** The broker refused. */
    record Refused<T>(Problem problem) implements Answer<T> {}

    /**
     * No broker answered, or what answered is none.
     *
     * @param why for the owner; it names nobody
     */
    record Unreachable<T>(String why) implements Answer<T> {}
}
