package lethe.loadtest.capture;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Where parties speak TLS.
 *
 * @param byParty IP:PORT
 */
record Ports(Map<Party, String> byParty) {
    Ports {
        byParty = Map.copyOf(byParty);
    }

    static Ports of(Lab lab) {
        String verifier = lab.servers().verifier().address().getAuthority();
        String registrar = URI.create("https://" + verifier).getHost();
        return new Ports(Map.of(
                Party.BROKER,
                lab.broker().getAuthority(),
                Party.TAGGER,
                lab.servers().tagger().address().getAuthority(),
                Party.VERIFIER,
                verifier,
                Party.NAIVE,
                registrar + ":" + lab.servers().naive().port()));
    }

    /** Whether a connection goes to this party. */
    boolean isOf(Party party, Conversation conversation) {
        return conversation.server().equals(byParty.get(party));
    }

    /** The ports alone. */
    List<Integer> numbers() {
        return byParty.values().stream()
                .map(text -> URI.create("https://" + text).getPort())
                .toList();
    }
}
