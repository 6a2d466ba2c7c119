package lethe.registrar.tagger;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import lethe.core.identity.DeviceKey;
import lethe.oprf.PinnedKey;
import lethe.oprf.SecretKey;
import lethe.registrar.http.Limits;
import lethe.registrar.http.Port;

/** A tagger on a real port, in the same process. */
public final class LoopbackTagger implements AutoCloseable {
    private final Port port;
    private final PinnedKey pinned;

    /** For everybody. */
    public LoopbackTagger(SecretKey key) throws IOException {
        this(key, Admission.everybody());
    }

    /** For those with a permit by a verifier. */
    public LoopbackTagger(SecretKey key, Clock clock, DeviceKey verifier) throws IOException {
        this(
                key,
                new Permits(Set.of(verifier), new Accounts(TaggerLimits.usual().allowance(), () -> {}), clock));
    }

    private LoopbackTagger(SecretKey key, Admission admission) throws IOException {
        Keyring keys = Keyring.of(Map.of(1, key));
        this.pinned = Asking.pinned(keys, 1);
        this.port = Port.openOnLoopback(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Limits.usual(),
                new TaggerService(new Tagger(keys, new Random(3), admission)));
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + port.address().getPort());
    }

    public PinnedKey pinned() {
        return pinned;
    }

    @Override
    public void close() {
        port.close();
    }
}
