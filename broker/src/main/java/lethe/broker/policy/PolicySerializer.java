package lethe.broker.policy;

import akka.actor.ExtendedActorSystem;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.javadsl.Adapter;
import akka.serialization.SerializerWithStringManifest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** {@link PolicyMessage}s as bytes: the epoch, then the actor if there is one. Made by Akka, so it is public. */
public final class PolicySerializer extends SerializerWithStringManifest {
    private static final int ID = 76_539;
    private static final String RISE = "rise";
    private static final String RISEN = "risen";

    private final ActorRefResolver actors;

    /** As Akka wants it. */
    public PolicySerializer(ExtendedActorSystem system) {
        this.actors = ActorRefResolver.get(Adapter.toTyped(system));
    }

    @Override
    public int identifier() {
        return ID;
    }

    @Override
    public String manifest(Object message) {
        if (message instanceof PolicyMessage.Rise) {
            return RISE;
        } else if (message instanceof PolicyMessage.Risen) {
            return RISEN;
        }
        throw new IllegalArgumentException("not a message about the policy: " + message.getClass());
    }

    @Override
    public byte[] toBinary(Object message) {
        if (message instanceof PolicyMessage.Rise rise) {
            byte[] path = actors.toSerializationFormat(rise.replyTo()).getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.allocate(Long.BYTES + path.length)
                    .putLong(rise.epoch())
                    .put(path)
                    .array();
        } else if (message instanceof PolicyMessage.Risen risen) {
            return ByteBuffer.allocate(Long.BYTES).putLong(risen.epoch()).array();
        }
        throw new IllegalArgumentException("not a message about the policy: " + message.getClass());
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) {
        ByteBuffer read = ByteBuffer.wrap(bytes);
        long epoch = read.getLong();
        return switch (manifest) {
            case RISE ->
                new PolicyMessage.Rise(
                        epoch,
                        actors.resolveActorRef(
                                StandardCharsets.UTF_8.decode(read).toString()));
            case RISEN -> new PolicyMessage.Risen(epoch);
            default -> throw new IllegalArgumentException("no message about the policy is called " + manifest);
        };
    }
}
