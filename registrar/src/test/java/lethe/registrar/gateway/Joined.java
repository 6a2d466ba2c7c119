package lethe.registrar.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import lethe.registrar.sms.centre.Received;
import lethe.registrar.text.Handset;

/** Puts parts together as a handset does. */
final class Joined {
    private static final int UCS2 = 8;

    private Joined() {}

    static String text(Collection<Received> parts) {
        Map<Integer, byte[]> inOrder = new TreeMap<>();
        int coding = -1;
        for (Received part : parts) {
            coding = part.coding();
            byte[] message = part.message().shared();
            if (part.payload().length() > 0) {
                inOrder.put(1, part.payload().shared());
            } else if (part.hasHeader()) {
                int header = message[0] + 1;
                if (message[header - 2] != parts.size() && parts.size() > 1) {
                    throw new AssertionError("not so many parts");
                }
                inOrder.put((int) message[header - 1], Arrays.copyOfRange(message, header, message.length));
            } else {
                inOrder.put(part.place(), message);
            }
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        inOrder.values().forEach(whole::writeBytes);
        return coding == UCS2 ? whole.toString(StandardCharsets.UTF_16BE) : Handset.read(whole.toByteArray());
    }
}
