package lethe.loadtest.sms;

import java.util.Locale;

/** What dies (SIGKILL), and is started again. */
public enum Victim {
    BROKER,
    GATEWAY,
    /** Both within a moment. */
    BOTH;

    /** For people and for JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
