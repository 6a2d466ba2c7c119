package lethe.broker.forgetting;

import akka.actor.ExtendedActorSystem;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.javadsl.Adapter;
import akka.serialization.SerializerWithStringManifest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import lethe.core.identity.Opaque;
import lethe.persistence.seal.EpochKeys;

/**
 * {@link KeyMessage}s as bytes: epoch, attempt, key if there is one, actor if there is one. Made by Akka, so it is
 * public.
 */
public final class KeySerializer extends SerializerWithStringManifest {
    private static final int ID = 76_538;
    private static final int BEFORE = Long.BYTES + Integer.BYTES;
    private static final String OFFER = "offer";
    private static final String ASK = "ask";
    private static final String KEPT = "kept";
    private static final String OTHER = "other";

    private final ActorRefResolver actors;

    /** As Akka wants it. */
    public KeySerializer(ExtendedActorSystem system) {
        this.actors = ActorRefResolver.get(Adapter.toTyped(system));
    }

    @Override
    public int identifier() {
        return ID;
    }

    @Override
    public String manifest(Object message) {
        if (message instanceof KeyMessage.Offer) {
            return OFFER;
        } else if (message instanceof KeyMessage.Ask) {
            return ASK;
        } else if (message instanceof KeyMessage.Kept) {
            return KEPT;
        } else if (message instanceof KeyMessage.Other) {
            return OTHER;
        }
        throw new IllegalArgumentException("not a message about keys: " + message.getClass());
    }

    @Override
    public byte[] toBinary(Object message) {
        if (message instanceof KeyMessage.Offer offer) {
            return bytes(offer.epoch(), offer.attempt(), offer.key(), offer.replyTo());
        } else if (message instanceof KeyMessage.Ask ask) {
            return bytes(0, 0, Opaque.empty(), ask.replyTo());
        } else if (message instanceof KeyMessage.Kept kept) {
            return bytes(kept.epoch(), kept.attempt(), Opaque.empty(), kept.keeper());
        } else if (message instanceof KeyMessage.Other other) {
            return ByteBuffer.allocate(BEFORE + EpochKeys.KEY_LENGTH)
                    .putLong(other.epoch())
                    .putInt(0)
                    .put(other.key().shared())
                    .array();
        }
        throw new IllegalArgumentException("not a message about keys: " + message.getClass());
    }

    private byte[] bytes(long epoch, int attempt, Opaque key, ActorRef<?> actor) {
        byte[] path = actors.toSerializationFormat(actor).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(BEFORE + key.length() + path.length)
                .putLong(epoch)
                .putInt(attempt)
                .put(key.shared())
                .put(path)
                .array();
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) {
        ByteBuffer read = ByteBuffer.wrap(bytes);
        long epoch = read.getLong();
        int attempt = read.getInt();
        return switch (manifest) {
            case OFFER -> new KeyMessage.Offer(epoch, key(read), attempt, actors.resolveActorRef(rest(read)));
            case ASK -> new KeyMessage.Ask(actors.resolveActorRef(rest(read)));
            case KEPT -> new KeyMessage.Kept(epoch, attempt, actors.resolveActorRef(rest(read)));
            case OTHER -> new KeyMessage.Other(epoch, key(read));
            default -> throw new IllegalArgumentException("no message about keys is called " + manifest);
        };
    }

    private static Opaque key(ByteBuffer read) {
        byte[] key = new byte[EpochKeys.KEY_LENGTH];
        read.get(key);
        return Opaque.wrap(key);
    }

    private static String rest(ByteBuffer read) {
        return StandardCharsets.UTF_8.decode(read).toString();
    }
}
