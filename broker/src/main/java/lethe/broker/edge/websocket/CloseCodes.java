package lethe.broker.edge.websocket;

/** Which close codes may stand in a close frame (RFC 6455, section 7.4, and the IANA registry). */
final class CloseCodes {
    private CloseCodes() {}

    static boolean mayBeSent(int code) {
        if (code >= 3000) {
            return code <= 4999;
        }
        return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014);
    }
}
