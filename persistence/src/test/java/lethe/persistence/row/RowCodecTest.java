package lethe.persistence.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import lethe.core.account.Account;
import lethe.core.account.Device;
import lethe.core.account.DeviceList;
import lethe.core.account.Pin;
import lethe.core.account.Takeover;
import lethe.core.block.Blocks;
import lethe.core.consent.Consent;
import lethe.core.consent.Scope;
import lethe.core.fallback.Fallback;
import lethe.core.identity.DeviceId;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.lookup.ListedTag;
import lethe.core.lookup.Listing;
import lethe.core.prekey.DevicePrekeys;
import lethe.core.prekey.Prekey;
import lethe.core.prekey.PrekeyBatch;
import lethe.core.protocol.Urgency;
import lethe.core.queue.Envelope;
import lethe.core.queue.Slot;
import lethe.core.receipt.Receipt;
import lethe.core.receipt.ReceiptState;
import lethe.core.subscriber.Head;
import lethe.core.subscriber.HeldEnvelope;
import lethe.core.subscriber.Shown;
import org.junit.Test;
import org.scalatestplus.junit.JUnitSuite;

/** Rows written by every released program stay readable: their bytes are kept in rows.golden, and still come out. */
public class RowCodecTest extends JUnitSuite {

    private static final Instant AT = Instant.ofEpochMilli(1_795_000_000_000L);
    private static final MessageId ID = new MessageId(filled(16, 1));
    private static final DeviceId DEVICE = new DeviceId(filled(16, 2));
    private static final Device OWNER = new Device(DEVICE, new DeviceKey(filled(32, 3)));
    private static final Consent CONSENT =
            new Consent(7, filled(32, 4), Set.of(Scope.IP, Scope.ALERTS), AT, DEVICE, filled(64, 5));
    private static final Account ACCOUNT =
            Account.of(new DeviceKey(filled(32, 7)), new DeviceList(4, List.of(OWNER), filled(64, 8)));
    private static final Takeover TAKEOVER = new Takeover(
            Account.of(new DeviceKey(filled(32, 9)), new DeviceList(1, List.of(OWNER), filled(64, 10))),
            CONSENT,
            AT.plusSeconds(86_400));
    private static final HeldEnvelope HELD = new HeldEnvelope(
            new Slot(1_795_000_000_001L, 3),
            DEVICE,
            new Envelope(ID, filled(5, 6), Urgency.VERY_LOW, AT.plusSeconds(60), Fallback.DEVICE, AT.plusSeconds(30)));
    private static final Receipt RECEIPT = new Receipt(ID, ReceiptState.REVOKED, AT, true, -2);
    private static final HeadRow HEAD = HeadRow.of(
            new Head(CONSENT, ACCOUNT, TAKEOVER, Map.of()),
            AT.toEpochMilli(),
            Map.of(1_794_000_000_000L, 12L),
            List.of(RowAddress.held(ID, 1_795_000_000_001L)),
            Optional.of(AT.plusSeconds(30)),
            Map.of());

    private final RowCodec codec = new RowCodec();

    @Test
    public void writesWhatWasReleased() {
        var written = new LinkedHashMap<String, Opaque>();
        written.put("head", codec.encode(HEAD));
        written.put("erasure", codec.encode(HeadRow.erasure(AT.toEpochMilli(), Optional.empty(), null)));
        written.put("held", codec.encode(HELD));
        written.put("receipt", codec.encode(RECEIPT));
        assertThat(written.entrySet().stream()
                        .map(entry -> entry.getKey() + " = "
                                + HexFormat.of().formatHex(entry.getValue().shared()))
                        .collect(Collectors.joining("\n")))
                .isEqualTo(golden().strip());
    }

    @Test
    public void readsWhatWasReleased() {
        assertThat(codec.decodeHead(released("head"))).isEqualTo(HEAD);
        assertThat(codec.decodeHead(released("head")).toHead(Map.of()))
                .contains(new Head(CONSENT, ACCOUNT, TAKEOVER, Map.of()));
        assertThat(codec.decodeHead(released("erasure")).erased()).isTrue();
        assertThat(codec.decodeHeld(ID, released("held"))).isEqualTo(HELD);
        assertThat(codec.decodeReceipt(released("receipt"))).isEqualTo(RECEIPT);
    }

    @Test
    public void keepsARegistrationPinWithItsWrongTriesAndAnObjection() {
        var pin = new Pin(new DeviceKey(filled(32, 11)), 3, AT.plusSeconds(600));
        var head = new Head(CONSENT, ACCOUNT.withPin(pin), TAKEOVER.objected(AT), Map.of());
        var row = HeadRow.of(head, AT.toEpochMilli(), Map.of(), List.of(), Optional.empty(), Map.of());

        assertThat(codec.decodeHead(codec.encode(row)).toHead(Map.of())).contains(head);
    }

    @Test
    public void keepsHowASubscriberIsListedThroughItsErasure() {
        var listing = new Listing(new ListedTag(-5), AT);
        var head = HeadRow.of(
                new Head(CONSENT, ACCOUNT, TAKEOVER, Map.of(), listing, Blocks.NONE, List.of(), Map.of()),
                AT.toEpochMilli(),
                Map.of(),
                List.of(),
                Optional.empty(),
                Map.of());
        var erasure = HeadRow.erasure(AT.toEpochMilli(), Optional.empty(), listing);

        var read = codec.decodeHead(codec.encode(head));
        assertThat(read).isEqualTo(head).asString().doesNotContain("-5");
        assertThat(read.toHead(Map.of()).orElseThrow().listing()).isEqualTo(listing);
        assertThat(codec.decodeHead(codec.encode(erasure)).listing()).contains(listing);
    }

    @Test
    public void keepsWhomASubscriberBlocksUntilItsErasure() {
        var blocks = Blocks.NONE.with(1, filled(32, 7)).with(2, filled(32, 8));
        var head = HeadRow.of(
                new Head(CONSENT, ACCOUNT, TAKEOVER, Map.of(), null, blocks, List.of(), Map.of()),
                AT.toEpochMilli(),
                Map.of(),
                List.of(),
                Optional.empty(),
                Map.of());

        var read = codec.decodeHead(codec.encode(head));
        assertThat(read.toHead(Map.of()).orElseThrow().blocks()).isEqualTo(blocks);
        assertThat(HeadRow.erasure(AT.toEpochMilli(), Optional.empty(), null).blocks())
                .isNull();
    }

    @Test
    public void keepsWhichStatementsWereUsed() {
        var shown = List.of(new Shown(filled(16, 11), AT), new Shown(filled(16, 12), AT.plusSeconds(600)));
        var head = HeadRow.of(
                new Head(CONSENT, ACCOUNT, null, Map.of(), null, Blocks.NONE, shown, Map.of()),
                AT.toEpochMilli(),
                Map.of(),
                List.of(),
                Optional.empty(),
                Map.of());

        assertThat(codec.decodeHead(codec.encode(head))
                        .toHead(Map.of())
                        .orElseThrow()
                        .statements())
                .isEqualTo(shown);
    }

    @Test
    public void keepsPrekeysAndWhichThereAre() {
        var prekey = new Prekey(255, Prekey.HIGHEST_ID, filled(2_048, 11));
        var prekeys =
                DevicePrekeys.NONE.with(new PrekeyBatch(List.of(new Prekey(1, 9, filled(1, 12))), List.of(prekey)), 5);
        var head = new Head(CONSENT, ACCOUNT, null, Map.of(), null, Blocks.NONE, List.of(), Map.of(DEVICE, prekeys));
        var row = HeadRow.of(
                head,
                AT.toEpochMilli(),
                Map.of(),
                List.of(),
                Optional.empty(),
                head.prekeysNumbered(number -> number + 1));

        assertThat(codec.decodePrekey(codec.encode(prekey))).isEqualTo(prekey);
        assertThat(codec.decodeHead(codec.encode(row))
                        .toHead(Map.of())
                        .orElseThrow()
                        .prekeys())
                .isEqualTo(Map.of(DEVICE, prekeys.numbered(number -> number + 1)));
    }

    @Test
    public void refusesAFieldThatItWouldLose() {
        var bytes = HexFormat.of().parseHex("bf617601636e657701ff");
        assertThatThrownBy(() -> codec.decodeReceipt(Opaque.wrap(bytes))).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    public void refusesAVersionThatItDoesNotKnow() {
        assertThatThrownBy(() -> new HeldRow(2, filled(16, 1), 1, 1, "high", 0, "none", 0, Opaque.empty()))
                .hasMessageContaining("version 2");
    }

    private static Opaque released(String name) {
        return golden().lines()
                .filter(line -> line.startsWith(name + " = "))
                .map(line -> HexFormat.of().parseHex(line.substring(name.length() + 3)))
                .map(Opaque::wrap)
                .findFirst()
                .orElseThrow();
    }

    private static String golden() {
        try (var stream = RowCodecTest.class.getResourceAsStream("rows.golden")) {
            return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Opaque filled(int length, int value) {
        var bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return Opaque.wrap(bytes);
    }
}
