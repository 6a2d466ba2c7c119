package lethe.persistence.row;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import lethe.core.identity.DeviceId;
import lethe.core.identity.Opaque;
import lethe.core.prekey.DevicePrekeys;
import lethe.core.prekey.PrekeyRun;

/**
 * Which prekeys of a device are stored, as stored.
 *
 * @param highest id that it ever published
 */
record DevicePrekeysRow(
        @JsonProperty("device") Opaque device,
        @JsonProperty("highest") long highest,
        @JsonProperty("once") List<Run> oneTime,
        @JsonProperty("last") List<Run> lastResort) {

    /** Ids that follow each other. */
    record Run(
            @JsonProperty("s") int suite,
            @JsonProperty("i") long first,
            @JsonProperty("c") int count,
            @JsonProperty("n") long incarnation) {

        static Run of(PrekeyRun run) {
            return new Run(run.suite(), run.first(), run.count(), run.incarnation());
        }

        PrekeyRun toRun() {
            return new PrekeyRun(suite, first, count, incarnation);
        }
    }

    static DevicePrekeysRow of(DeviceId device, DevicePrekeys prekeys) {
        return new DevicePrekeysRow(
                device.bytes(),
                prekeys.highest(),
                prekeys.oneTime().stream().map(Run::of).toList(),
                prekeys.lastResort().stream().map(Run::of).toList());
    }

    DeviceId toDevice() {
        return new DeviceId(device);
    }

    DevicePrekeys toPrekeys() {
        return new DevicePrekeys(
                highest,
                oneTime.stream().map(Run::toRun).toList(),
                lastResort.stream().map(Run::toRun).toList());
    }
}
