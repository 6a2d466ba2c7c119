package lethe.loadtest.capture;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a drill went.
 *
 * @param identifiers that were looked for
 * @param forms in which
 * @param found how many were found where they may not be, by who could see them
 * @param places what was found in each place, by the figure's word
 */
public record CaptureReport(
        int identifiers,
        int contacts,
        int forms,
        Found found,
        Controls controls,
        Map<String, Map<String, Integer>> places,
        long millis) {
    /**
     * Different identifiers, each once.
     *
     * @param wire without the carrier's part
     * @param verifier but the numbers of the phones, where they have to be
     */
    public record Found(int wire, int broker, int tagger, int verifier, int carrier) {
        int all() {
            return wire + broker + tagger + verifier + carrier;
        }
    }

    /**
     * Searches of what is there.
     *
     * @param told how many identifiers a naive service was told
     * @param naive of those, how many were found in what it was told, after decryption: all
     * @param planted how many identifiers were found in a file that has each of them in every form: all
     * @param plantedForms in how many forms: all
     * @param inSession how many numbers were found in the verifier's memory while it verified one: at least that
     * @param afterwards how many of these are still there when the session has ended, in memory that nobody refers to
     * @param reused how many of those are still there when the verifier has answered a few thousand requests
     * @param carrier how many numbers were found on the way to the carrier: both
     * @param connections over which TLS was spoken
     * @param opened how many of them could be read: all
     * @param recipient whether the tag of a message's recipient was found in what the broker was told
     */
    public record Controls(
            int told,
            int naive,
            int planted,
            int plantedForms,
            int inSession,
            int afterwards,
            int reused,
            int carrier,
            int connections,
            int opened,
            boolean recipient) {}

    /** Whether all searches found what is there. */
    public boolean controlled() {
        return controls.told > 0
                && controls.naive == controls.told
                && controls.planted == identifiers
                && controls.plantedForms == forms
                && controls.inSession > 0
                && controls.carrier == 2
                && controls.connections > 0
                && controls.opened == controls.connections
                && controls.recipient;
    }

    /** Whether nothing was found where it may not be, by searches that find what is there. */
    public boolean passed() {
        return found.all() == 0 && controlled();
    }

    /** For a line of JSON. */
    public Map<String, Object> figures() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("drill", "capture");
        line.put("passed", passed());
        line.put("found_at_broker", found.broker());
        line.put("found_on_wire", found.wire());
        line.put("found_at_tagger", found.tagger());
        line.put("found_at_verifier", found.verifier());
        line.put("found_at_carrier", found.carrier());
        line.put("control", controlled());
        line.put("control_naive_told", controls.told());
        line.put("control_naive_found", controls.naive());
        line.put("control_planted", controls.planted());
        line.put("control_forms", controls.plantedForms());
        line.put("control_verifier_in_session", controls.inSession());
        line.put("numbers_at_verifier_afterwards", controls.afterwards());
        line.put("numbers_at_verifier_reused", controls.reused());
        line.put("control_carrier", controls.carrier());
        line.put("control_recipient_at_broker", controls.recipient());
        line.put("connections", controls.connections());
        line.put("connections_opened", controls.opened());
        line.put("identifiers", identifiers);
        line.put("contacts", contacts);
        line.put("forms", forms);
        line.put("places", places);
        line.put("took_ms", millis);
        return line;
    }
}
