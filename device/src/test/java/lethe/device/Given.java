package lethe.device;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import java.util.random.RandomGenerator;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.Tag;
import lethe.device.outbox.Message;
import lethe.device.outbox.Terms;
import lethe.device.sms.SmsCopy;
import org.jspecify.annotations.Nullable;

/** What tests begin with. */
public final class Given {
    public static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    public static final PlainIdentifier NUMBER = PlainIdentifier.of(PlainIdentifier.Kind.NUMBER, "+4915100000007");

    private Given() {}

    public static MessageId id(int number) {
        return new MessageId(bytes(new Random(number), MessageId.LENGTH));
    }

    public static Tag tag(int number) {
        return new Tag(bytes(new Random(1_000_000L + number), Tag.LENGTH));
    }

    public static Opaque bytes(RandomGenerator random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Opaque.wrap(bytes);
    }

    public static Opaque body(String text) {
        return Opaque.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    public static SmsCopy sms(String text) {
        return new SmsCopy(NUMBER, text);
    }

    public static Message message(int number, Tag to) {
        return message(number, to, Terms.usual());
    }

    public static Message message(int number, Tag to, Terms terms) {
        return new Message(id(number), to, null, terms, body("body " + number), sms(number, terms), NOW);
    }

    /** What a message with such terms becomes. */
    public static @Nullable SmsCopy sms(int number, Terms terms) {
        return switch (terms.fallback()) {
            case NONE -> null;
            case DEVICE, GATEWAY -> sms("text " + number);
            case NOTICE -> SmsCopy.notice(NUMBER, "en");
        };
    }
}
