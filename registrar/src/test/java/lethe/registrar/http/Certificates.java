package lethe.registrar.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A certificate of its own, made by the JDK's own tool, as files for a server and as what a client trusts or shows. */
public final class Certificates {
    private static final char[] PASSWORD = "changeit".toCharArray();

    public final Path chain;
    public final Path privateKey;
    private final KeyStore store;

    private Certificates(Path chain, Path privateKey, KeyStore store) {
        this.chain = chain;
        this.privateKey = privateKey;
        this.store = store;
    }

    public static Certificates of(String name, Path directory) throws Exception {
        Path file = directory.resolve(name + ".p12");
        String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String[] command = {
            tool,
            "-genkeypair",
            "-alias",
            "one",
            "-keyalg",
            "EC",
            "-dname",
            "CN=" + name,
            "-ext",
            "san=ip:127.0.0.1",
            "-storetype",
            "PKCS12",
            "-storepass",
            new String(PASSWORD),
            "-keystore",
            file.toString()
        };
        Process made = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (made.waitFor() != 0) {
            throw new IOException("keytool failed");
        }
        KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD);
        Path chain = directory.resolve(name + ".pem");
        Path key = directory.resolve(name + ".key.pem");
        writePem(chain, "CERTIFICATE", store.getCertificate("one").getEncoded());
        writePem(key, "PRIVATE KEY", store.getKey("one", PASSWORD).getEncoded());
        return new Certificates(chain, key, store);
    }

    /** What a client brings: whom it trusts, and who it is, if anybody. */
    public static SSLContext client(Certificates trusted, @Nullable Certificates own) throws GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted.store);
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(own == null ? null : own.store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own == null ? null : keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    /** What a server that is no port of ours brings. */
    public static SSLContext server(Certificates own) throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(own.store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static void writePem(Path file, String kind, byte[] der) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.writeString(file, "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n");
    }
}
