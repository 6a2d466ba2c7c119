package lethe.persistence.plugin;

import akka.serialization.Serialization;
import akka.serialization.Serializers;
import java.nio.ByteBuffer;

/**
 * A payload as Akka serialized it.
 *
 * @param serializer its id
 * @param manifest what the serializer calls the type
 * @param bytes of the payload
 */
record StoredPayload(int serializer, String manifest, ByteBuffer bytes) {

    static StoredPayload of(Serialization serialization, Object payload) {
        var serializer = serialization.findSerializerFor(payload);
        return new StoredPayload(
                serializer.identifier(),
                Serializers.manifestFor(serializer, payload),
                ByteBuffer.wrap(serialization.serialize(payload).get()));
    }

    Object read(Serialization serialization) {
        var copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return serialization.deserialize(copy, serializer, manifest).get();
    }

    @Override
    public String toString() {
        return "StoredPayload[serializer=" + serializer + ", bytes=" + bytes.remaining() + "]";
    }
}
