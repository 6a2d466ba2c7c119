package lethe.persistence.row;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lethe.core.account.Account;
import lethe.core.account.DeviceList;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import org.jspecify.annotations.Nullable;

/**
 * An account with its list of devices, as stored.
 *
 * @param key the account's
 * @param version of the list
 * @param signature of the list
 * @param pin absent if none is set
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AccountRow(
        @JsonProperty("key") Opaque key,
        @JsonProperty("version") long version,
        @JsonProperty("devices") List<DeviceRow> devices,
        @JsonProperty("signature") Opaque signature,
        @JsonProperty("pin") @Nullable PinRow pin) {

    static AccountRow of(Account account) {
        var list = account.list();
        return new AccountRow(
                account.key().bytes(),
                list.version(),
                list.devices().stream()
                        .map(device -> DeviceRow.of(device, account.since(device.id())))
                        .toList(),
                list.signature(),
                PinRow.of(account.pin()));
    }

    Account toAccount() {
        var list = new DeviceList(
                version, devices.stream().map(DeviceRow::toDevice).toList(), signature);
        var since =
                devices.stream().collect(Collectors.toMap(row -> row.toDevice().id(), DeviceRow::since));
        return new Account(new DeviceKey(key), list, Map.copyOf(since), pin == null ? null : pin.toPin());
    }
}
