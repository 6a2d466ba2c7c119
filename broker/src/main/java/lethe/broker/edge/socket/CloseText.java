package lethe.broker.edge.socket;

import lethe.core.protocol.CloseReason;

/** The text in a close frame: for the developer who reads it in a browser's console. */
final class CloseText {
    private CloseText() {}

    static String of(CloseReason reason) {
        return switch (reason) {
            case BYE -> "bye";
            case RESTART -> "the broker restarts; come back";
            case PROTOCOL_ERROR -> "that is not the protocol";
            case NOT_UTF8 -> "a text is UTF-8";
            case POLICY -> "not allowed";
            case TOO_BIG -> "too big";
            case INTERNAL_ERROR -> "the broker failed";
            case OVERLOAD -> "the broker or this connection is overloaded";
            case NOT_AUTHENTIC -> "no device of this address";
            case NO_CONSENT -> "opt in to the policy in force first";
            case SILENT -> "silent for too long";
            case REPLACED -> "this device connected elsewhere";
            case ERASED -> "opted out";
            case UPGRADE -> "this version is no longer spoken";
            case TOO_MANY -> "too many frames";
        };
    }
}
