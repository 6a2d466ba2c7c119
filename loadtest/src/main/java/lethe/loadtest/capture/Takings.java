package lethe.loadtest.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import lethe.loadtest.evidence.Evidence;
import lethe.loadtest.evidence.Folder;
import lethe.loadtest.evidence.JavaProcess;
import lethe.loadtest.evidence.OperatorsPort;
import lethe.loadtest.evidence.ProcessMemory;
import lethe.loadtest.evidence.Streams;

/** Takes all that the parties of a lab could see: their memory, their files, what they say, and the traffic. */
final class Takings {
    /** Where the caller's number must be found: the search of a memory finds what is there. */
    static final String VERIFIER_IN_SESSION = "verifier_memory_in_session";

    /** As it is when both phones have registered. */
    static final String VERIFIER_AFTERWARDS = "verifier_memory_afterwards";

    /** As it is when others have asked for something. */
    static final String VERIFIER_REUSED = "verifier_memory_reused";

    /** More than one round of a small heap's youngest generation. */
    private static final int REQUESTS = 2_000;

    /** Where the numbers of both phones must be. */
    static final String CARRIER_WIRE = "carrier_wire";

    /** Where a message's recipient must be. */
    static final String BROKER_TRAFFIC = "broker_traffic";

    private final Lab lab;
    private final Path directory;
    private final List<Place> places = new ArrayList<>();

    /**
     * Nothing taken.
     *
     * @param directory of what will be
     */
    Takings(Lab lab, Path directory) throws IOException {
        this.lab = lab;
        this.directory = Files.createDirectories(directory);
    }

    /** To be called while the verifier has the caller's number. */
    void takeInSession() throws IOException {
        places.add(Place.withNumbers(Party.VERIFIER, memory(VERIFIER_IN_SESSION, lab.verifierProcess())));
    }

    /** To be called when the story is at its end. Memory first: what the JDK's tools do makes garbage of its own. */
    void takeAll() throws IOException, InterruptedException {
        places.add(Place.clean(Party.BROKER, memory("broker_memory", lab.brokerProcess())));
        places.add(Place.clean(Party.BROKER, memory("cassandra_memory", lab.cassandraProcess())));
        places.add(Place.clean(Party.TAGGER, memory("tagger_memory", lab.taggerProcess())));
        takeVerifier();
        places.add(Place.clean(Party.BROKER, heap("broker_heap", lab.brokerProcess())));
        places.add(Place.clean(Party.TAGGER, heap("tagger_heap", lab.taggerProcess())));
        places.add(Place.clean(
                Party.BROKER, OperatorsPort.ask(lab.servers().installation().admin(), directory)));
        for (Party party : List.of(Party.BROKER, Party.TAGGER, Party.VERIFIER)) {
            places.add(Place.clean(party, files(party.name().toLowerCase(Locale.ROOT))));
        }
    }

    /** Twice: what libraries and the collector leave behind stays until the memory is used again. */
    private void takeVerifier() throws IOException, InterruptedException {
        JavaProcess verifier = lab.verifierProcess();
        places.add(Place.withNumbers(Party.VERIFIER, memory(VERIFIER_AFTERWARDS, verifier)));
        Path live = directory.resolve("verifier_heap_live.hprof");
        verifier.dumpLive(live);
        places.add(Place.clean(Party.VERIFIER, Evidence.of("verifier_heap_live", live)));
        lab.keepVerifierBusy(REQUESTS);
        places.add(Place.withNumbers(Party.VERIFIER, memory(VERIFIER_REUSED, verifier)));
    }

    private Evidence memory(String place, JavaProcess process) throws IOException {
        Path file = directory.resolve(place + ".bin");
        ProcessMemory.dump(process.pid(), file, directory.resolve(place + ".maps"));
        return Evidence.memory(place, file);
    }

    private Evidence heap(String place, JavaProcess process) throws IOException, InterruptedException {
        Path file = directory.resolve(place + ".hprof");
        process.dumpAll(file);
        return Evidence.of(place, file);
    }

    private Evidence files(String part) throws IOException {
        return Evidence.of(part + "_files", Folder.files(lab.files(part)));
    }

    /** As it was recorded, packet by packet and put together. */
    void takeWires(Path packets, Path carrier) throws IOException {
        places.add(Place.clean(Party.WIRE, wire("wire", packets)));
        places.add(Place.withNumbers(Party.CARRIER, wire(CARRIER_WIRE, carrier)));
    }

    private Evidence wire(String place, Path packets) throws IOException {
        List<Path> files = new ArrayList<>(List.of(packets));
        files.addAll(Streams.of(packets, directory.resolve(place)));
        return Evidence.of(place, files);
    }

    /** What connections said, opened. */
    void takeOpened(List<Conversation> conversations, Ports ports) {
        for (Party party : List.of(Party.BROKER, Party.TAGGER, Party.VERIFIER, Party.NAIVE)) {
            List<Path> files = conversations.stream()
                    .filter(one -> ports.isOf(party, one))
                    .flatMap(one -> one.files().stream())
                    .toList();
            Evidence traffic = Evidence.of(party.name().toLowerCase(Locale.ROOT) + "_traffic", files);
            places.add(Place.clean(party, traffic));
        }
    }

    List<Place> places() {
        return List.copyOf(places);
    }
}
