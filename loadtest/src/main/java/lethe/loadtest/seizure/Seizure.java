package lethe.loadtest.seizure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lethe.loadtest.evidence.Evidence;
import lethe.loadtest.evidence.JavaProcess;
import lethe.loadtest.evidence.OperatorsPort;
import lethe.loadtest.evidence.ProcessMemory;
import lethe.loadtest.evidence.Streams;

/**
 * Takes everything that a scene has, at one moment: no process has ended, nothing was told to tidy up.
 *
 * <p>Memory first, then heaps: a heap dump moves objects about and makes garbage of its own.
 */
final class Seizure {
    private final Scene scene;
    private final Path directory;

    /**
     * Nothing taken.
     *
     * @param directory of what will be
     */
    Seizure(Scene scene, Path directory) throws IOException {
        this.scene = scene;
        this.directory = Files.createDirectories(directory);
    }

    /** All but the disk after the end, which there is later. */
    List<Evidence> take() throws IOException, InterruptedException {
        List<Evidence> taken = new ArrayList<>();
        taken.add(disk("disk"));
        taken.add(memory("broker_memory", scene.broker()));
        taken.add(memory("cassandra_memory", scene.cassandra()));
        taken.addAll(heaps("broker", scene.broker()));
        taken.addAll(heaps("cassandra", scene.cassandra()));
        taken.add(logs());
        taken.add(OperatorsPort.ask(scene.installation().admin(), directory));
        taken.add(capture(scene.capture().end()));
        return taken;
    }

    /** All blocks of the disk, those of deleted files too. */
    Evidence disk(String place) throws IOException, InterruptedException {
        Path copy = directory.resolve(place + ".img");
        scene.disk().copyTo(copy);
        return Evidence.disk(place, copy);
    }

    /** All that a process can read and write. */
    Evidence memory(String place, JavaProcess process) throws IOException {
        Path file = directory.resolve(place + ".bin");
        ProcessMemory.dump(process.pid(), file, directory.resolve(place + ".maps"));
        return Evidence.memory(place, file);
    }

    private List<Evidence> heaps(String name, JavaProcess process) throws IOException, InterruptedException {
        Path all = directory.resolve(name + "_heap_all.hprof");
        process.dumpAll(all);
        Path live = directory.resolve(name + "_heap_live.hprof");
        process.dumpLive(live);
        return List.of(Evidence.of(name + "_heap_all", all), Evidence.of(name + "_heap_live", live));
    }

    private Evidence logs() throws IOException {
        List<Path> copies = new ArrayList<>();
        for (Path source :
                List.of(scene.installation().logs(), scene.installation().cassandraDirectory())) {
            try (var files = Files.list(source)) {
                for (Path file : files.filter(Seizure::isLog).toList()) {
                    copies.add(Files.copy(file, directory.resolve("log-" + copies.size() + "-" + file.getFileName())));
                }
            }
        }
        return Evidence.of("logs", copies);
    }

    /** Cassandra keeps one old log beside the present one. */
    private static boolean isLog(Path file) {
        String name = file.getFileName().toString();
        return name.contains(".log") || name.endsWith(".out");
    }

    /** Packet by packet, and put together. */
    private Evidence capture(Path packets) throws IOException {
        List<Path> files = new ArrayList<>(List.of(packets));
        files.addAll(Streams.of(packets, directory.resolve("streams")));
        return Evidence.of("capture", files);
    }
}
