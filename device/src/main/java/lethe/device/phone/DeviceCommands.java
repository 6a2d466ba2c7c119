package lethe.device.phone;

import java.util.List;
import java.util.Optional;
import lethe.client.http.Answer;
import lethe.core.account.Device;
import lethe.core.identity.DeviceId;
import lethe.core.protocol.Bodies;
import lethe.device.AccountDevices;
import lethe.device.DeviceClient;

/** What an owner types about the account's devices, and about whoever else claims its address. */
final class DeviceCommands {
    private static final String OBJECTED =
            "the address stays yours for seven days: whoever can prove the number then has it";

    private final DeviceClient client;
    private final Screen screen;

    DeviceCommands(DeviceClient client, Screen screen) {
        this.client = client;
        this.screen = screen;
    }

    void command(String command, List<String> words) {
        AccountDevices devices = client.devices();
        switch (command) {
            case "/devices" -> show(devices.list().toCompletableFuture().join());
            case "/link" -> link(words);
            case "/unlink" -> unlink(words);
            case "/object" -> done(devices.dismiss().toCompletableFuture().join(), OBJECTED);
            default -> give(devices);
        }
    }

    private void link(List<String> words) {
        Optional<Device> shown = words.size() == 1 ? LinkCode.parse(words.get(0)) : Optional.empty();
        if (shown.isEmpty()) {
            screen.trouble("/link CODE, as ./lethe phone OTHER link shows it on the other device");
            return;
        }
        Answer<List<Device>> answer =
                client.devices().add(shown.get()).toCompletableFuture().join();
        show(answer);
        if (answer instanceof Answer.Good) {
            client.devices()
                    .account()
                    .map(account -> new AccountCode(client.address(), account).toText())
                    .ifPresent(code -> screen.note("on the other device:  link --to " + code));
        }
    }

    private void unlink(List<String> words) {
        try {
            DeviceId device = DeviceId.fromText(String.join(" ", words));
            show(client.devices().remove(device).toCompletableFuture().join());
        } catch (IllegalArgumentException notADevice) {
            screen.trouble("/unlink DEVICE, as /devices shows it");
        }
    }

    /** Whoever waits now: if it is another one by the time that the broker reads this, nobody gets anything. */
    private void give(AccountDevices devices) {
        Answer<Bodies.Claimant> claimant =
                devices.claimant().toCompletableFuture().join();
        if (claimant instanceof Answer.Good<Bodies.Claimant> good) {
            done(devices.agree(good.value()).toCompletableFuture().join(), "the address is the other phone's now");
        } else {
            screen.trouble(Troubles.text(claimant));
        }
    }

    private void show(Answer<List<Device>> answer) {
        if (answer instanceof Answer.Good<List<Device>> good) {
            for (Device device : good.value()) {
                screen.note(device.id().toText() + (device.id().equals(client.device()) ? "  this one" : ""));
            }
        } else {
            screen.trouble(Troubles.text(answer));
        }
    }

    private void done(Answer<Boolean> answer, String note) {
        if (answer instanceof Answer.Good) {
            screen.note(note);
        } else {
            screen.trouble(Troubles.text(answer));
        }
    }
}
