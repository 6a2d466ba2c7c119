package lethe.registrar.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.protocol.GatewayBodies.SmsReport;
import lethe.core.protocol.SmsEnd;
import lethe.registrar.gateway.LedgerEvent.Accepted;
import lethe.registrar.gateway.LedgerEvent.Acknowledged;
import lethe.registrar.gateway.LedgerEvent.Begun;
import lethe.registrar.gateway.LedgerEvent.Ended;
import lethe.registrar.gateway.LedgerEvent.PartDelivered;
import lethe.registrar.gateway.LedgerEvent.PartTaken;
import lethe.registrar.gateway.LedgerEvent.Paused;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final Instant EXPIRES = NOW.plus(Duration.ofHours(1));
    private static final Instant UNTIL = EXPIRES.plus(Duration.ofMinutes(5));
    private static final MessageId ID = id(1);
    private static final Opaque DIGEST = Opaque.wrap(new byte[16]);

    private static final Opaque LABEL =
            Opaque.wrap("sixty-one bytes, more or less".getBytes(StandardCharsets.US_ASCII));

    private Ledger ledger = new Ledger();

    @Test
    void arrivesWhenItsLastPartDoes() {
        given(accepted(), new Begun(ID, 2), taken(1, "a"), taken(2, "b"));

        hear("b", true);
        assertThat(ends()).isEmpty();
        hear("b", true);
        hear("a", true);
        assertThat(ends()).containsExactly(SmsEnd.DELIVERED);
        hear("a", false);
        hear("b", false);
        assertThat(ends()).containsExactly(SmsEnd.DELIVERED);
    }

    @Test
    void hasFailedWithItsFirstPartThatHas() {
        given(accepted(), new Begun(ID, 2), taken(1, "a"), taken(2, "b"));

        hear("a", false);
        hear("b", true);
        assertThat(ends()).containsExactly(SmsEnd.FAILED);
    }

    @Test
    void isUnknownAtItsEndUnlessItWasNeverSent() {
        given(accepted(), new Begun(ID, 2), taken(1, "a"));
        hear("a", true);
        assertThat(ledger.due(UNTIL.minusMillis(1))).isEmpty();
        ledger.due(UNTIL).forEach(ledger::apply);
        assertThat(ends()).containsExactly(SmsEnd.UNKNOWN);

        ledger = new Ledger();
        given(accepted(), new Begun(ID, 2), new Paused(ID));
        ledger.due(UNTIL).forEach(ledger::apply);
        assertThat(ends()).containsExactly(SmsEnd.FAILED);
    }

    @Test
    void canBePutAgainAfterARestartIfItWasNotBegun() {
        given(accepted());
        assertThat(ledger.find(ID, DIGEST)).isEqualTo(new Ledger.Known.Same(UNTIL));
        assertThat(ledger.find(ID, Opaque.wrap(new byte[] {1}))).isEqualTo(new Ledger.Known.Other());
        ledger.afterRestart(NOW).forEach(ledger::apply);
        assertThat(ends()).containsExactly(SmsEnd.UNSENT);
        assertThat(ledger.find(ID, DIGEST)).isEqualTo(new Ledger.Known.Free());

        given(accepted());
        assertThat(ends()).isEmpty();
        given(new Begun(ID, 1));
        assertThat(ledger.afterRestart(NOW)).isEmpty();
    }

    @Test
    void isKnownUntilItExpiresSoThatItIsNotSentTwice() {
        given(accepted(), new Ended(ID, SmsEnd.DELIVERED, NOW), new Acknowledged(ID));
        assertThat(ends()).isEmpty();
        assertThat(ledger.forget(EXPIRES.minusMillis(1))).isFalse();
        assertThat(ledger.find(ID, DIGEST)).isEqualTo(new Ledger.Known.Same(UNTIL));
        ledger.tellAgain(ID, null);
        assertThat(ends()).containsExactly(SmsEnd.DELIVERED);
        given(new Acknowledged(ID));
        assertThat(ledger.size()).isZero();
        assertThat(ledger.sizeOver()).isEqualTo(1);
        assertThat(ledger.forget(EXPIRES.plus(Duration.ofMinutes(1)))).isTrue();
        assertThat(ledger.sizeOver()).isZero();
        assertThat(ledger.events()).isEmpty();
    }

    @Test
    void tellsWhatWasPutWithIt() {
        Accepted labelled = new Accepted(ID, DIGEST, EXPIRES, UNTIL, LABEL);
        given(labelled, new Ended(ID, SmsEnd.DELIVERED, NOW));
        assertThat(ledger.reports(0, 9).reports()).containsExactly(new SmsReport(ID, SmsEnd.DELIVERED, NOW, LABEL));

        given(new Acknowledged(ID));
        assertThat(ledger.events()).doesNotContain(labelled);
        Opaque other = Opaque.wrap(new byte[] {1});
        ledger.tellAgain(ID, other);
        assertThat(ledger.reports(0, 9).reports()).containsExactly(new SmsReport(ID, SmsEnd.DELIVERED, NOW, other));
    }

    /** Of before there were labels. */
    @Test
    void readsWhatTheVersionBeforeWrote() {
        String before = "0101" + "00".repeat(15) + "00".repeat(16)
                + String.format(Locale.ROOT, "%016x%016x", EXPIRES.toEpochMilli(), UNTIL.toEpochMilli());

        assertThat(LedgerCode.decode(HexFormat.of().parseHex(before))).contains(accepted());
        assertThat(LedgerCode.encode(accepted())).isEqualTo(HexFormat.of().parseHex(before));
    }

    @Test
    void readsNoLabelThatIsTooLongOrCutOff() {
        byte[] code = LedgerCode.encode(new Accepted(ID, DIGEST, EXPIRES, UNTIL, LABEL));
        int unlabelled = LedgerCode.encode(accepted()).length;

        for (int length = unlabelled + 1; length < code.length; length++) {
            assertThat(LedgerCode.decode(Arrays.copyOf(code, length))).isEmpty();
        }
        for (int wrong : new int[] {0, 65, 255}) {
            byte[] bytes = Arrays.copyOf(code, unlabelled + 256);
            bytes[unlabelled] = (byte) wrong;
            assertThat(LedgerCode.decode(bytes)).isEmpty();
        }
    }

    @Test
    void forgetsAfterADayWhatNobodyAsksFor() {
        given(accepted(), new Ended(ID, SmsEnd.FAILED, NOW));

        assertThat(ledger.forget(NOW.plus(Ledger.KEPT).minusMillis(1))).isFalse();
        assertThat(ledger.forget(NOW.plus(Ledger.KEPT))).isTrue();
        assertThat(ends()).isEmpty();
    }

    @Test
    void tellsReportsInOrderAndInPages() {
        for (int i = 1; i <= 5; i++) {
            given(new Accepted(id(i), DIGEST, EXPIRES, UNTIL, null), new Ended(id(i), SmsEnd.FAILED, NOW));
        }

        Ledger.Page first = ledger.reports(0, 2);
        assertThat(first.reports()).extracting(SmsReport::id).containsExactly(id(1), id(2));
        assertThat(ledger.reports(first.last(), 9).reports())
                .extracting(SmsReport::id)
                .containsExactly(id(3), id(4), id(5));
        assertThat(ledger.reports(5, 9).last()).isEqualTo(5);
    }

    /** Whatever happens, in whatever order: at most one end, and the same again from what the journal would keep. */
    @Test
    void endsOnceAndIsTheSameFromItsEvents() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            ledger = new Ledger();
            for (int step = 0; step < 40; step++) {
                int i = random.nextInt(3);
                MessageId id = id(i);
                LedgerEvent event = switch (random.nextInt(7)) {
                    case 0 ->
                        ledger.find(id, DIGEST) instanceof Ledger.Known.Free
                                ? new Accepted(id, DIGEST, EXPIRES, UNTIL, random.nextBoolean() ? null : LABEL)
                                : new Acknowledged(id(9));
                    case 1 -> new Begun(id, 1 + random.nextInt(2));
                    case 2, 3 -> new PartTaken(id, 1 + random.nextInt(2), "one", "key" + i + random.nextInt(3));
                    case 4 -> new PartDelivered(id, 1 + random.nextInt(2));
                    case 5 -> new Ended(id, random.nextBoolean() ? SmsEnd.FAILED : SmsEnd.UNSENT, NOW);
                    default -> new Acknowledged(id);
                };
                ledger.apply(event);
                ledger.hear("one", "key" + i + random.nextInt(3), random.nextBoolean(), NOW)
                        .ifPresent(events -> events.forEach(ledger::apply));
                assertThat(LedgerCode.decode(LedgerCode.encode(event))).contains(event);
            }
            assertThat(ledger.reports(0, 99).reports())
                    .as("seed %d", seed)
                    .extracting(SmsReport::id)
                    .doesNotHaveDuplicates();
            Ledger again = new Ledger();
            ledger.events().forEach(again::apply);
            assertThat(again.events()).as("seed %d", seed).containsExactlyElementsOf(ledger.events());
        }
    }

    @Test
    void readsNothingButItsOwnCode() {
        Random random = new Random(5);
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            if (bytes.length > 0) {
                bytes[0] = (byte) random.nextInt(9);
            }
            LedgerCode.decode(bytes)
                    .ifPresent(event -> assertThat(LedgerCode.decode(LedgerCode.encode(event)))
                            .contains(event));
        }
    }

    private void given(LedgerEvent... events) {
        List.of(events).forEach(ledger::apply);
    }

    private void hear(String key, boolean delivered) {
        ledger.hear("one", key, delivered, NOW).ifPresent(events -> events.forEach(ledger::apply));
    }

    private List<SmsEnd> ends() {
        return ledger.reports(0, 99).reports().stream().map(SmsReport::state).toList();
    }

    private static Accepted accepted() {
        return new Accepted(ID, DIGEST, EXPIRES, UNTIL, null);
    }

    private static PartTaken taken(int place, String key) {
        return new PartTaken(ID, place, "one", key);
    }

    private static MessageId id(int number) {
        byte[] bytes = new byte[MessageId.LENGTH];
        bytes[0] = (byte) number;
        return new MessageId(Opaque.wrap(bytes));
    }
}
