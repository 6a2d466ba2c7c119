package lethe.device.outbox;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import lethe.core.identity.DeviceId;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.protocol.ClientFrame;
import lethe.core.protocol.Difference;
import lethe.core.protocol.Problem;
import lethe.core.protocol.ProblemType;
import lethe.core.protocol.ServerFrame;
import lethe.device.Given;

/** Somebody with devices that come and go, and can open most of what is sealed for them. */
final class Correspondent {
    private static final int FEW = 6;

    private final Random random;
    private final Map<MessageId, Boolean> opens = new HashMap<>();
    private final List<DeviceId> listed = new ArrayList<>();
    private long list = 1;
    private int seals;
    /** All devices that there ever were. */
    final Map<DeviceId, Recipient> devices = new LinkedHashMap<>();
    /** What was sent to a device, each once. */
    final Map<DeviceId, Set<Opaque>> envelopes = new HashMap<>();

    Correspondent(Random random, int devices) {
        this.random = random;
        for (int i = 0; i < devices; i++) {
            add();
        }
    }

    private void add() {
        DeviceId device = new DeviceId(Given.bytes(random, DeviceId.LENGTH));
        listed.add(device);
        devices.put(device, new Recipient(random, this::opens));
    }

    private boolean opens(MessageId id) {
        return opens.computeIfAbsent(id, one -> random.nextInt(FEW) > 0);
    }

    /** A device comes, or goes, or is another one. */
    void changeDevices() {
        int what = random.nextInt(3);
        if (what > 0 && (what == 2 || listed.size() > 1)) {
            listed.remove(random.nextInt(listed.size()));
        }
        if (what != 1) {
            add();
        }
        list++;
    }

    /** What comes of sealing: often nothing, while all is hostile. */
    SealAnswer seal(OutboxAction.Seal seal, boolean hostile) {
        int what = hostile ? random.nextInt(40) : Integer.MAX_VALUE;
        if (what < 8) {
            return new SealAnswer.NotNow(null);
        } else if (what == 8) {
            return new SealAnswer.Nobody();
        } else if (what == 9) {
            return new SealAnswer.TooLarge();
        }
        String text = new String(seal.letter().shared(), StandardCharsets.UTF_8) + "/" + ++seals;
        Map<DeviceId, Opaque> made = listed.stream()
                .filter(device -> seal.devices().isEmpty() || seal.devices().contains(device))
                .filter(device -> what > 9 + FEW || random.nextBoolean()) // one has left no prekeys
                .collect(Collectors.toMap(device -> device, device -> Given.body(text + "/" + device.toText())));
        return new SealAnswer.Envelopes(list, listed, made);
    }

    List<ServerFrame> send(ClientFrame.Send send, boolean hostile) {
        DeviceId device = send.device();
        if (device == null) {
            throw new AssertionError("a letter was sent as it is");
        }
        Recipient recipient = devices.get(device);
        if (recipient == null) {
            throw new AssertionError("sent to a device that never was");
        }
        envelopes.computeIfAbsent(device, one -> new HashSet<>()).add(send.body());
        boolean differs = !listed.contains(device) || (send.list() != null && send.list() != list);
        if (differs && !recipient.isKnown(send.id())) {
            Difference difference = new Difference(list, listed, List.of(), List.of(), List.of());
            return List.of(new ServerFrame.Refused(
                    send.ref(), Problem.of(ProblemType.DEVICES_DIFFER).with(difference)));
        }
        return recipient.send(send, hostile);
    }

    List<ServerFrame> watch(List<MessageId> ids) {
        List<ServerFrame> answers = new ArrayList<>();
        for (MessageId id : ids) {
            List<ServerFrame> known = devices.values().stream()
                    .filter(device -> device.isKnown(id))
                    .flatMap(device -> device.watch(List.of(id)).stream())
                    .toList();
            boolean unheardOf = devices.values().stream().noneMatch(device -> device.isKnown(id));
            answers.addAll(unheardOf ? List.of(new ServerFrame.Unknown(id)) : known);
        }
        return answers;
    }

    void settle(List<MessageId> ids) {
        devices.values().forEach(device -> device.settle(ids));
    }

    List<ServerFrame> revoke(ClientFrame.Revoke revoke) {
        return devices.values().stream()
                .filter(device -> device.isKnown(revoke.id()))
                .findFirst()
                .map(device -> device.revoke(revoke))
                .orElse(List.of(new ServerFrame.Refused(revoke.ref(), Problem.of(ProblemType.NOT_FOUND))));
    }

    List<ServerFrame> step() {
        return new ArrayList<>(devices.values())
                .get(random.nextInt(devices.size()))
                .step();
    }

    void die() {
        devices.values().forEach(Recipient::die);
    }

    void nobodyWatches() {
        devices.values().forEach(Recipient::nobodyWatches);
    }

    boolean keepsNothing() {
        return devices.values().stream().allMatch(Recipient::keepsNothing);
    }
}
