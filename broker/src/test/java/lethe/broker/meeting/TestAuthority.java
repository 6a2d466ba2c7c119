package lethe.broker.meeting;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;

/** An authority that signs certificates of a cluster's nodes, each valid from an hour ago for a day. */
final class TestAuthority {
    private static final AlgorithmIdentifier ALGORITHM =
            new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE);
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final X500Name name;
    private final KeyPair keys = draw("RSA", 2048);
    private final Certificate certificate;
    private long serial = 1;

    TestAuthority(String name) {
        this.name = new X500Name("CN=" + name);
        this.certificate = sign(this.name, keys, new GeneralName[0]);
    }

    /**
     * Puts what a node needs into a directory: {@code tls.crt}, {@code tls.key}, {@code ca.crt}, over what is there.
     */
    void issue(Path directory, String node) {
        issue(directory, node, draw("RSA", 2048));
    }

    void issue(Path directory, String node, KeyPair of) {
        try {
            Files.createDirectories(directory);
            GeneralName alias = new GeneralName(GeneralName.dNSName, node);
            Certificate signed = sign(new X500Name("CN=" + node), of, alias);
            pem(directory.resolve("tls.crt"), "CERTIFICATE", signed.getEncoded());
            pem(directory.resolve("tls.key"), "PRIVATE KEY", of.getPrivate().getEncoded());
            pem(directory.resolve("ca.crt"), "CERTIFICATE", certificate.getEncoded());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A key and its certificate for a server at an address. */
    KeyStore server(InetAddress address) {
        try {
            KeyPair of = draw("RSA", 2048);
            GeneralName alias = new GeneralName(GeneralName.iPAddress, address.getHostAddress());
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, PASSWORD);
            Certificate[] chain = {sign(new X500Name("CN=server"), of, alias)};
            store.setKeyEntry("server", of.getPrivate(), PASSWORD, chain);
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static char[] password() {
        return PASSWORD.clone();
    }

    void writeTo(Path file) {
        try {
            pem(file, "CERTIFICATE", certificate.getEncoded());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static KeyPair draw(String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Certificate sign(X500Name subject, KeyPair of, GeneralName... aliases) {
        try {
            Instant now = Instant.now();
            V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
            generator.setSerialNumber(new ASN1Integer(BigInteger.valueOf(serial++)));
            generator.setSignature(ALGORITHM);
            generator.setIssuer(name);
            generator.setSubject(subject);
            generator.setStartDate(new Time(Date.from(now.minus(Duration.ofHours(1)))));
            generator.setEndDate(new Time(Date.from(now.plus(Duration.ofDays(1)))));
            generator.setSubjectPublicKeyInfo(
                    SubjectPublicKeyInfo.getInstance(of.getPublic().getEncoded()));
            ExtensionsGenerator extensions = new ExtensionsGenerator();
            extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(aliases.length == 0));
            if (aliases.length > 0) {
                extensions.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(aliases));
            }
            generator.setExtensions(extensions.generate());
            return signed(generator.generateTBSCertificate());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Certificate signed(TBSCertificate content) throws IOException, GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(keys.getPrivate());
        signature.update(content.getEncoded(ASN1Encoding.DER));
        ASN1EncodableVector parts = new ASN1EncodableVector();
        parts.add(content);
        parts.add(ALGORITHM);
        parts.add(new DERBitString(signature.sign()));
        byte[] der = new DERSequence(parts).getEncoded(ASN1Encoding.DER);
        return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    private static void pem(Path file, String kind, byte[] der) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.writeString(file, "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n");
    }
}
