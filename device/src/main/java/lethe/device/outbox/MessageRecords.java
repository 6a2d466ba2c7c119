package lethe.device.outbox;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import lethe.client.sealing.SmsWording;
import lethe.core.fallback.Fallback;
import lethe.core.identity.DeviceId;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.RevealsIdentifiers;
import lethe.core.identity.Tag;
import lethe.core.protocol.Urgency;
import lethe.device.sms.SmsCopy;
import org.jspecify.annotations.Nullable;

/** A message as the bytes of a record, without its id. */
final class MessageRecords {
    private MessageRecords() {}

    static void write(Message message, DataOutputStream out) throws IOException {
        Terms terms = message.terms();
        out.writeLong(message.at().toEpochMilli());
        out.write(message.to().bytes().shared());
        writeOptional(message.device(), out, device -> out.write(device.bytes().shared()));
        writeOptional(terms.ttl(), out, ttl -> out.writeLong(ttl.toMillis()));
        writeOptional(terms.urgency(), out, urgency -> out.writeUTF(urgency.name()));
        writeOptional(terms.deadline(), out, deadline -> out.writeLong(deadline.toMillis()));
        out.writeUTF(terms.fallback().name());
        writeBytes(message.body(), out);
        writeOptional(message.sms(), out, sms -> writeSms(sms, out));
    }

    @RevealsIdentifiers("the number of a message that may become an SMS must survive the phone's death, on the phone")
    private static void writeSms(SmsCopy sms, DataOutputStream out) throws IOException {
        out.writeUTF(sms.number().reveal());
        writeBytes(Opaque.wrap(sms.wording().bytes()), out);
    }

    static Message read(MessageId id, Handling handling, DataInputStream in) throws IOException {
        Instant at = Instant.ofEpochMilli(in.readLong());
        Tag to = new Tag(readBytes(in, Tag.LENGTH));
        DeviceId device = in.readBoolean() ? new DeviceId(readBytes(in, DeviceId.LENGTH)) : null;
        Duration ttl = readDuration(in);
        Urgency urgency = in.readBoolean() ? Urgency.valueOf(in.readUTF()) : null;
        Duration deadline = readDuration(in);
        Fallback fallback = Fallback.valueOf(in.readUTF());
        Opaque body = readBytes(in, in.readInt());
        SmsCopy sms = in.readBoolean() ? readSms(fallback == Fallback.NOTICE, in) : null;
        return new Message(id, to, device, new Terms(ttl, urgency, deadline, fallback), body, sms, at, handling);
    }

    private static SmsCopy readSms(boolean notice, DataInputStream in) throws IOException {
        PlainIdentifier number = PlainIdentifier.of(PlainIdentifier.Kind.NUMBER, in.readUTF());
        Opaque said = readBytes(in, in.readInt());
        if (said.length() == 0) {
            return new SmsCopy(number, " "); // earlier versions took a text that says nothing
        }
        SmsWording wording =
                SmsWording.of(notice, said.shared()).orElseThrow(() -> new IOException("not what an SMS says"));
        return new SmsCopy(number, wording);
    }

    private static @Nullable Duration readDuration(DataInputStream in) throws IOException {
        return in.readBoolean() ? Duration.ofMillis(in.readLong()) : null;
    }

    static void writeBytes(Opaque bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes.length());
        out.write(bytes.shared());
    }

    static Opaque readBytes(DataInputStream in, int length) throws IOException {
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return Opaque.wrap(bytes);
    }

    static <T> void writeOptional(@Nullable T value, DataOutputStream out, Writing<T> writing) throws IOException {
        out.writeBoolean(value != null);
        if (value != null) {
            writing.write(value);
        }
    }

    interface Writing<T> {
        void write(T value) throws IOException;
    }
}
