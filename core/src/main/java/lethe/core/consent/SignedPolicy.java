package lethe.core.consent;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import lethe.core.identity.DeviceKey;
import lethe.core.identity.Opaque;
import lethe.core.identity.Statement;

/**
 * A policy with its text, as the operator of an installation has signed it. Whoever checks it needs the operator's
 * public key, and trusts no broker for it.
 *
 * @param policy what the operator puts in force
 * @param text that phones show
 * @param at when it was signed, by the operator's clock, to the millisecond
 * @param signature Ed25519 (RFC 8032) over {@link #statement}, 64 bytes
 */
public record SignedPolicy(Policy policy, String text, Instant at, Opaque signature) {
    /** Of the text in UTF-8: 64 KiB, some twenty pages. */
    public static final int MOST_BYTES = 64 * 1024;

    /** The first version of the form. Another form has another context, so no signature of one holds for the other. */
    private static final String CONTEXT = "lethe/1 policy";

    /** What the operator signs: the context, then epoch, text hash and time, each with its length in front. */
    public static byte[] statement(Policy policy, Instant at) {
        return Statement.of(CONTEXT)
                .with(policy.epoch())
                .with(policy.textHash())
                .with(at.toEpochMilli())
                .toBytes();
    }

    /** Whether this operator signed it, with this text. */
    public PolicyVerdict judge(DeviceKey operator) {
        if (text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            return PolicyVerdict.TOO_LARGE;
        }
        if (!policy.isOf(text)) {
            return PolicyVerdict.OTHER_TEXT;
        }
        return operator.signed(statement(policy, at), signature) ? PolicyVerdict.GOOD : PolicyVerdict.FORGED;
    }
}
