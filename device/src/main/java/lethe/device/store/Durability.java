package lethe.device.store;

/** What a durable write survives. */
public enum Durability {
    /** The death of the process, but not of the machine: for test benches with a thousand phones on one disk. */
    PROCESS,
    /** Also a loss of power: every batch is forced to the disk. */
    POWER
}
