package lethe.wire;

import static lethe.wire.Formats.BYTES_16;
import static lethe.wire.Formats.ELEMENT;
import static lethe.wire.Formats.KEY_VERSION;
import static lethe.wire.Formats.PROOF;
import static lethe.wire.Formats.SECONDS;
import static lethe.wire.Formats.SIGNATURE;
import static lethe.wire.Formats.listOf;

import java.util.Map;
import lethe.core.permit.Permission;
import lethe.core.protocol.TaggerBodies.Evaluate;
import lethe.core.protocol.TaggerBodies.Evaluation;
import lethe.core.protocol.TaggerBodies.TaggerKey;
import lethe.core.protocol.TaggerBodies.TaggerKeys;

/** The bodies of a tagger's resources as they are on the wire. Keys are never given anew. */
final class TaggerShapes {
    static final Shape<TaggerKey> TAGGER_KEY = taggerKey();

    static final Shape<Permission> PERMISSION = permission();

    static final Map<Class<?>, Shape<?>> ALL = Map.of(
            Evaluate.class, evaluate(),
            Evaluation.class, evaluation(),
            TaggerKeys.class, taggerKeys(),
            TaggerKey.class, TAGGER_KEY,
            Permission.class, PERMISSION);

    private TaggerShapes() {}

    private static Shape<Evaluate> evaluate() {
        var fields = Shape.fieldsOf(Evaluate.class);
        var version = fields.required(1, "version", KEY_VERSION, Evaluate::version);
        var blinded = fields.required(2, "blinded", listOf(ELEMENT), Evaluate::blinded);
        var permission = fields.optional(3, "permission", PERMISSION, Evaluate::permission);
        return fields.make(values -> new Evaluate(values.get(version), values.get(blinded), values.find(permission)));
    }

    private static Shape<Permission> permission() {
        var fields = Shape.fieldsOf(Permission.class);
        var permit = fields.required(1, "permit", VerifierShapes.PERMIT, Permission::permit);
        var created = fields.required(2, "created", SECONDS, Permission::created);
        var nonce = fields.required(3, "nonce", BYTES_16, Permission::nonce);
        var signature = fields.required(4, "signature", SIGNATURE, Permission::signature);
        return fields.make(values ->
                new Permission(values.get(permit), values.get(created), values.get(nonce), values.get(signature)));
    }

    private static Shape<Evaluation> evaluation() {
        var fields = Shape.fieldsOf(Evaluation.class);
        var version = fields.required(1, "version", KEY_VERSION, Evaluation::version);
        var key = fields.required(2, "key", ELEMENT, Evaluation::key);
        var evaluated = fields.required(3, "evaluated", listOf(ELEMENT), Evaluation::evaluated);
        var proof = fields.required(4, "proof", PROOF, Evaluation::proof);
        return fields.make(values ->
                new Evaluation(values.get(version), values.get(key), values.get(evaluated), values.get(proof)));
    }

    private static Shape<TaggerKeys> taggerKeys() {
        var fields = Shape.fieldsOf(TaggerKeys.class);
        var keys = fields.required(1, "keys", listOf(TAGGER_KEY), TaggerKeys::keys);
        return fields.make(values -> new TaggerKeys(values.get(keys)));
    }

    private static Shape<TaggerKey> taggerKey() {
        var fields = Shape.fieldsOf(TaggerKey.class);
        var version = fields.required(1, "version", KEY_VERSION, TaggerKey::version);
        var key = fields.required(2, "key", ELEMENT, TaggerKey::key);
        return fields.make(values -> new TaggerKey(values.get(version), values.get(key)));
    }
}
