package lethe.device.store;

/** What comes of opening a phone's files. */
public sealed interface Opening<T> {
    record Opened<T>(T value) implements Opening<T> {}

    record Refused<T>(StoreRefusal why) implements Opening<T> {}
}
