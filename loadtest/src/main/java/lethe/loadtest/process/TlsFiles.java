package lethe.loadtest.process;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import lethe.client.http.Trust;

/**
 * A certificate that one server of a run has made for itself, by the JDK's keytool, and its private key.
 *
 * @param chain PEM
 * @param privateKey PEM (PKCS #8)
 * @param store PKCS #12, with both
 */
public record TlsFiles(Path chain, Path privateKey, Path store) {
    private static final String ALIAS = "server";
    private static final String PASSWORD = "changeit";
    private static final int LINE = 64;

    /**
     * Makes one.
     *
     * @param name of the files, and of the server
     * @param address where clients find it
     */
    public static TlsFiles make(String name, Path directory, InetAddress address)
            throws IOException, InterruptedException {
        Files.createDirectories(directory);
        Path store = directory.resolve(name + ".p12");
        keytool(store, "CN=" + name, "san=ip:" + address.getHostAddress());
        try {
            KeyStore made = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
            return new TlsFiles(
                    pem(
                            directory.resolve(name + ".pem"),
                            "CERTIFICATE",
                            made.getCertificate(ALIAS).getEncoded()),
                    pem(
                            directory.resolve(name + ".key.pem"),
                            "PRIVATE KEY",
                            made.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()),
                    store);
        } catch (GeneralSecurityException unreadable) {
            throw new IOException("keytool made no key store", unreadable);
        }
    }

    private static void keytool(Path store, String subject, String extension) throws IOException, InterruptedException {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command = List.of(
                tool.toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-dname",
                subject,
                "-ext",
                extension,
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString());
        Process made = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (made.waitFor() != 0) {
            throw new IOException("keytool failed");
        }
    }

    private static Path pem(Path file, String kind, byte[] der) throws IOException {
        String base64 = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der);
        return Files.writeString(file, "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n");
    }

    /** What a client brings that believes these servers, and no others. */
    public static SSLContext client(Path directory, List<TlsFiles> servers) throws IOException {
        StringBuilder all = new StringBuilder();
        for (TlsFiles server : servers) {
            all.append(Files.readString(server.chain()));
        }
        Path authorities = Files.writeString(directory.resolve("authorities.pem"), all);
        return Trust.in(authorities).orElseThrow(() -> new IOException("no certificates"));
    }

    /** What this server brings, if it runs in this process. */
    public SSLContext server() throws IOException {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
            keys.init(KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray()), PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException unreadable) {
            throw new IOException("the key store cannot be read", unreadable);
        }
    }
}
