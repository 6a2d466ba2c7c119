package lethe.persistence.row;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.core.prekey.Prekey;
import lethe.core.receipt.Receipt;
import lethe.core.subscriber.HeldEnvelope;

/**
 * Domain values to CBOR and back. Knows no other form than the row records of this package; an unknown field is an
 * error, because a program that dropped it would write the row back without it.
 */
public final class RowCodec {

    /** Without buffers that are kept for the next row: the last one would stay in them. */
    private static final ObjectMapper MAPPER = new CBORMapper(CBORFactory.builder()
                    .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
                    .build())
            .registerModule(opaqueAsBytes());

    private final ObjectWriter writer = MAPPER.writer();
    private final ObjectReader reader = MAPPER.reader();

    public Opaque encode(HeadRow head) {
        return write(head);
    }

    public HeadRow decodeHead(Opaque bytes) {
        return read(bytes, HeadRow.class);
    }

    public Opaque encode(HeldEnvelope held) {
        return write(HeldRow.of(held));
    }

    public HeldEnvelope decodeHeld(MessageId id, Opaque bytes) {
        return read(bytes, HeldRow.class).toHeld(id);
    }

    public Opaque encode(Receipt receipt) {
        return write(ReceiptRow.of(receipt));
    }

    public Receipt decodeReceipt(Opaque bytes) {
        return read(bytes, ReceiptRow.class).toReceipt();
    }

    public Opaque encode(Prekey prekey) {
        return write(PrekeyRow.of(prekey));
    }

    public Prekey decodePrekey(Opaque bytes) {
        return read(bytes, PrekeyRow.class).toPrekey();
    }

    private Opaque write(Object row) {
        try {
            return Opaque.wrap(writer.writeValueAsBytes(row));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> T read(Opaque bytes, Class<T> form) {
        try {
            return reader.forType(form).readValue(bytes.shared());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SimpleModule opaqueAsBytes() {
        var module = new SimpleModule("lethe-rows");
        module.addSerializer(Opaque.class, new StdScalarSerializer<>(Opaque.class) {
            @Override
            public void serialize(Opaque value, JsonGenerator generator, SerializerProvider provider)
                    throws IOException {
                generator.writeBinary(value.shared());
            }
        });
        module.addDeserializer(Opaque.class, new StdScalarDeserializer<>(Opaque.class) {
            @Override
            public Opaque deserialize(JsonParser parser, DeserializationContext context) throws IOException {
                return Opaque.wrap(parser.getBinaryValue());
            }
        });
        return module;
    }
}
