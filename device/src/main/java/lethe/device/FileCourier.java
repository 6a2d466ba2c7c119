package lethe.device;

import lethe.core.identity.Opaque;
import lethe.device.files.Peer;
import lethe.seal.content.Wanted;

/** Who carries what {@link FileRelay} sends. Called one at a time; does not block. */
public interface FileCourier {
    /** Seals a letter for this one device. It lives for a minute: after that it is worth nothing. */
    void letter(Peer to, Wanted wanted);

    /**
     * Sends a body to this one device as it is, now or never: nothing stores it, nothing sends it again. A refusal for
     * now goes to {@link FileRelay#refused}.
     */
    void ephemeral(Peer to, Opaque body);
}
