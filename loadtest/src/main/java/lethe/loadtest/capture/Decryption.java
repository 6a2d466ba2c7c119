package lethe.loadtest.capture;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lethe.loadtest.evidence.Tool;

/** Opens the TLS connections of a capture: tshark does, with the secrets that one of both ends exported. */
final class Decryption {
    static final String TOOL = "tshark";

    private static final Pattern STREAM = Pattern.compile("Filter: tcp\\.stream eq ([0-9]+)");
    private static final Pattern BYTES = Pattern.compile("(\\t?)([0-9a-f]+)");
    private static final byte[] ANSWER = "HTTP/1.1 ".getBytes(StandardCharsets.US_ASCII);

    private final Path packets;
    private final Path secrets;
    private final Collection<Integer> ports;

    /**
     * Of one capture.
     *
     * @param secrets in the form of SSLKEYLOGFILE
     * @param ports where TLS is spoken
     */
    Decryption(Path packets, Path secrets, Collection<Integer> ports) {
        this.packets = packets;
        this.secrets = secrets;
        this.ports = List.copyOf(ports);
    }

    /** Both directions of one connection, in whatever order. */
    private static final class Sides {
        private final ByteArrayOutputStream one = new ByteArrayOutputStream();
        private final ByteArrayOutputStream other = new ByteArrayOutputStream();

        void add(boolean first, byte[] bytes) {
            (first ? one : other).writeBytes(bytes);
        }

        byte[] server() {
            return isServer(one.toByteArray()) ? one.toByteArray() : other.toByteArray();
        }

        byte[] client() {
            return isServer(one.toByteArray()) ? other.toByteArray() : one.toByteArray();
        }

        private static boolean isServer(byte[] bytes) {
            return bytes.length >= ANSWER.length && Arrays.equals(bytes, 0, ANSWER.length, ANSWER, 0, ANSWER.length);
        }
    }

    /**
     * Every connection on which TLS began.
     *
     * @param directory gets a file for each side that could be opened
     */
    List<Conversation> conversations(Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Map<Integer, String> servers = servers(directory);
        Map<Integer, Sides> opened = opened(servers.keySet(), directory);
        List<Conversation> all = new ArrayList<>();
        for (Map.Entry<Integer, String> connection : servers.entrySet()) {
            Sides sides = opened.getOrDefault(connection.getKey(), new Sides());
            Path beginning = directory.resolve("tls-" + connection.getKey());
            List<Path> files = List.of(
                    Files.write(Path.of(beginning + "-client.bin"), sides.client()),
                    Files.write(
                            Path.of(beginning + "-frames.bin"),
                            Frames.unmask(sides.client()).shared()),
                    Files.write(Path.of(beginning + "-server.bin"), sides.server()));
            boolean both = sides.client().length > 0 && Sides.isServer(sides.server());
            all.add(new Conversation(connection.getValue(), files, both));
        }
        return all;
    }

    /** Where each connection goes that says hello. */
    private Map<Integer, String> servers(Path directory) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("-Y", "tls.handshake.type == 1", "-T", "fields"));
        words.addAll(List.of("-E", "separator=,", "-e", "tcp.stream", "-e", "ip.dst", "-e", "tcp.dstport"));
        Map<Integer, String> servers = new TreeMap<>();
        for (String line : run(directory.resolve("hellos.txt"), words)) {
            String[] fields = line.split(",", 3);
            servers.put(Integer.parseInt(fields[0]), fields[1] + ":" + fields[2]);
        }
        return servers;
    }

    private Map<Integer, Sides> opened(Collection<Integer> streams, Path directory)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("-q"));
        streams.forEach(stream -> words.addAll(List.of("-z", "follow,tls,raw," + stream)));
        Map<Integer, Sides> opened = new LinkedHashMap<>();
        Sides current = new Sides();
        for (String line : run(directory.resolve("opened.txt"), words)) {
            Matcher stream = STREAM.matcher(line);
            Matcher bytes = BYTES.matcher(line);
            if (stream.matches()) {
                current = new Sides();
                opened.put(Integer.parseInt(stream.group(1)), current);
            } else if (bytes.matches()) {
                current.add(bytes.group(1).isEmpty(), HexFormat.of().parseHex(bytes.group(2)));
            }
        }
        return opened;
    }

    private List<String> run(Path output, List<String> words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(TOOL, "-n", "-r", packets.toString()));
        command.addAll(List.of("-o", "tls.keylog_file:" + secrets));
        ports.forEach(port -> command.addAll(List.of("-d", "tcp.port==" + port + ",tls")));
        command.addAll(words);
        Tool.runInto(output, command);
        return Files.readAllLines(output, StandardCharsets.US_ASCII);
    }
}
