package lethe.loadtest.seizure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import lethe.core.identity.MessageId;
import lethe.core.identity.Opaque;
import lethe.loadtest.evidence.Evidence;

/**
 * Tries every 32 bytes that could be a key on what was stored: as a message's own key, as the key of its epoch, and as
 * the own key of a keys row, which has the messages' keys, or that of its epoch. What opens, opens; nobody is asked
 * whether a key was destroyed.
 *
 * <p>A key is looked for as it is, and as Java's AES keeps it while it is in use: as eight numbers.
 */
final class KeySearch {
    /** How an envelope begins that is stored: a map, its version 1, and 16 bytes of device (RFC 8949). */
    private static final byte[] BEGINNING = {(byte) 0xBF, 0x61, 'v', 0x01, 0x66, 'd', 'e', 'v', 'i', 'c', 'e', 0x50};

    private static final long FIRST_EIGHT = ByteBuffer.wrap(BEGINNING).getLong();
    private static final int ENTRY = MessageId.LENGTH + Long.BYTES + SealedPayload.KEY;

    private final List<SealedPayload> envelopes;
    private final Map<Long, List<Integer>> byStream = new HashMap<>();
    private final List<SealedPayload> keyRows;
    private final Set<Long> beginningsOfIds;
    private final Map<Long, List<SealedPayload>> envelopesOfEpoch;
    private final Map<Long, List<SealedPayload>> keyRowsOfEpoch;
    private final Set<Opaque> ids;
    private final Tried inVain = new Tried();

    /**
     * For what was stored.
     *
     * @param ids of the messages, by which an opened keys row is known
     */
    KeySearch(Payloads payloads, Set<Opaque> ids) {
        this.envelopes = sealed(payloads.envelopes());
        this.envelopesOfEpoch = byEpoch(envelopes);
        this.keyRows = sealed(payloads.keys());
        this.keyRowsOfEpoch = byEpoch(keyRows);
        this.ids = new HashSet<>(ids);
        this.beginningsOfIds =
                ids.stream().map(id -> ByteBuffer.wrap(id.shared()).getLong()).collect(Collectors.toSet());
        for (int i = 0; i < envelopes.size(); i++) {
            SealedPayload envelope = envelopes.get(i);
            byStream.computeIfAbsent(envelope.beginning(FIRST_EIGHT), unseen -> new ArrayList<>())
                    .add(i);
        }
    }

    private static List<SealedPayload> sealed(List<Opaque> payloads) {
        return payloads.stream()
                .flatMap(payload -> SealedPayload.of(payload).stream())
                .toList();
    }

    private static Map<Long, List<SealedPayload>> byEpoch(List<SealedPayload> payloads) {
        return payloads.stream().collect(Collectors.groupingBy(SealedPayload::epoch));
    }

    /** The messages that open with what is in these files; none where keys are not to be looked for. */
    BitSet opened(Evidence evidence) throws IOException {
        BitSet opened = new BitSet();
        if (!evidence.mayHaveKeys() || envelopes.isEmpty()) {
            return opened;
        }
        for (Path file : evidence.files()) {
            try (InputStream stream = Files.newInputStream(file)) {
                Candidates.in(stream, evidence.alignment(), candidate -> attempt(candidate, opened));
            }
        }
        return opened;
    }

    private void attempt(byte[] candidate, BitSet opened) {
        if (!inVain.contains(candidate)) {
            boolean asItIs = attemptKey(candidate, opened);
            boolean asNumbers = attemptKey(asNumbers(candidate), opened);
            if (!asItIs && !asNumbers) {
                inVain.add(candidate);
            }
        }
    }

    private boolean attemptKey(byte[] key, BitSet opened) {
        long stream = SealedPayload.stream(key);
        boolean opensMessage = attemptRowKey(key, stream, opened);
        boolean opensKeys = attemptKeysRowKey(key, stream, opened);
        boolean opens = opensMessage || opensKeys;
        // One row of an epoch tells whether a key is that of the epoch.
        for (List<SealedPayload> rows : envelopesOfEpoch.values()) {
            if (begins(rows.get(0).open(rows.get(0).unwrap(key), BEGINNING.length))) {
                opens = true;
                rows.forEach(row -> attemptRowKey(row.unwrap(key), opened));
            }
        }
        for (List<SealedPayload> rows : keyRowsOfEpoch.values()) {
            if (isKeys(rows.get(0).open(rows.get(0).unwrap(key), MessageId.LENGTH))) {
                opens = true;
                rows.forEach(row -> attemptKeysOf(row.open(row.unwrap(key)), opened));
            }
        }
        return opens;
    }

    private boolean attemptRowKey(byte[] key, BitSet opened) {
        return attemptRowKey(key, SealedPayload.stream(key), opened);
    }

    private boolean attemptRowKey(byte[] key, long stream, BitSet opened) {
        List<Integer> like = byStream.getOrDefault(stream, List.of());
        List<Integer> open = like.stream()
                .filter(i -> begins(envelopes.get(i).open(key, BEGINNING.length)))
                .toList();
        open.forEach(opened::set);
        return !open.isEmpty();
    }

    private boolean attemptKeysRowKey(byte[] key, long stream, BitSet opened) {
        boolean opens = false;
        for (SealedPayload row : keyRows) {
            if (beginningsOfIds.contains(row.beginning(stream)) && isKeys(row.open(key, MessageId.LENGTH))) {
                opens = true;
                attemptKeysOf(row.open(key), opened);
            }
        }
        return opens;
    }

    /** A keys row says an id, an incarnation and a key for each row. */
    private void attemptKeysOf(byte[] row, BitSet opened) {
        for (int at = 0; at + ENTRY <= row.length; at += ENTRY) {
            attemptRowKey(Arrays.copyOfRange(row, at + ENTRY - SealedPayload.KEY, at + ENTRY), opened);
        }
    }

    private boolean isKeys(byte[] beginning) {
        return ids.contains(Opaque.wrap(beginning));
    }

    private static boolean begins(byte[] plain) {
        return plain.length >= BEGINNING.length
                && Arrays.equals(plain, 0, BEGINNING.length, BEGINNING, 0, BEGINNING.length);
    }

    private static byte[] asNumbers(byte[] key) {
        byte[] reversed = new byte[key.length];
        for (int i = 0; i < key.length; i++) {
            reversed[i] = key[i - i % Integer.BYTES + Integer.BYTES - 1 - i % Integer.BYTES];
        }
        return reversed;
    }
}
