package lethe.core.subscriber;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.receipt.Receipt;
import lethe.core.receipt.ReceiptState;
import org.junit.jupiter.api.Test;

class RecentTest {
    private final Random random = new Random(17);
    private final Recent recent = new Recent();

    private Receipt receipt() {
        byte[] id = new byte[MessageId.LENGTH];
        random.nextBytes(id);
        List<ReceiptState> terminal = List.of(ReceiptState.values()).stream()
                .filter(ReceiptState::isTerminal)
                .toList();
        ReceiptState state = terminal.get(random.nextInt(terminal.size()));
        boolean fallback = (state == ReceiptState.REVOKED || state == ReceiptState.REJECTED) && random.nextBoolean();
        Instant at = Instant.ofEpochMilli(random.nextLong(2_000_000_000_000L));
        return new Receipt(new MessageId(Opaque.wrap(id)), state, at, fallback, random.nextLong());
    }

    @Test
    void remembersTheLastAsTheyWere() {
        Map<MessageId, Receipt> model = new LinkedHashMap<>();
        List<Receipt> all = new ArrayList<>();
        for (int i = 0; i < 5 * Recent.CAPACITY + 3; i++) {
            Receipt receipt = receipt();
            recent.add(receipt);
            all.add(receipt);
            model.put(receipt.id(), receipt);
            if (model.size() > Recent.CAPACITY) {
                model.remove(model.keySet().iterator().next());
            }
            for (Receipt each : all) {
                assertThat(recent.find(each.id()).orElse(null)).isEqualTo(model.get(each.id()));
            }
        }
    }

    @Test
    void knowsNothingAfterClearing() {
        Receipt receipt = receipt();
        recent.add(receipt);
        recent.clear();

        assertThat(recent.find(receipt.id())).isEmpty();
        recent.add(receipt);
        assertThat(recent.find(receipt.id())).contains(receipt);
    }
}
