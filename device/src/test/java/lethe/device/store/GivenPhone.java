package lethe.device.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import lethe.core.consent.Scope;
import lethe.core.identity.Opaque;
import lethe.core.identity.PlainIdentifier;
import lethe.core.identity.Tag;
import lethe.device.Given;
import lethe.device.contacts.Blocked;
import lethe.device.contacts.Contact;
import lethe.device.contacts.Contacts;
import lethe.device.sim.SimMark;

/** A phone with two lines that has something in every file, and what must not be found in them. */
final class GivenPhone {
    static final String NAME = "Ottilie-Quandt";
    static final String NUMBER = "+4915100000007";
    static final String TEXT = "meet me under the clock at nine";
    static final String PREKEY = "a prekey that is used up soon";

    private GivenPhone() {}

    static void make(Path phone, VaultKey key, Random random) {
        for (int number = 1; number <= 2; number++) {
            try (FileStore store = open(FileStore.line(phone, number), key, random)) {
                store.slot("prekeys").write(Given.body(PREKEY));
                store.outbox().append(List.of(Given.id(34).bytes(), Given.body(TEXT)));
                store.inbox().append(List.of(Given.body(TEXT), Given.body("and again")));
                if (number == 2) {
                    continue;
                }
                store.agreed(new GivenConsent(3, Set.of(Scope.IP), Given.NOW));
                store.sim(new SimMark(Given.bytes(new Random(31), 32), Given.bytes(new Random(32), 32)));
                store.owes(Given.tag(33));
                store.sawPolicy(7);
                store.ledger("sessions").append(List.of(Given.body("session " + TEXT)));
                Blocked.in(store.files()).add(Given.tag(35));
                PlainIdentifier dialled = PlainIdentifier.of(PlainIdentifier.Kind.NUMBER, NUMBER);
                Contacts.in(store.files().of(phone)).put(new Contact(NAME, Given.tag(36), dialled));
            }
        }
    }

    static FileStore open(Path line, VaultKey key, Random random) {
        Opening<FileStore> opening = FileStore.open(line, key, Durability.PROCESS, random);
        if (opening instanceof Opening.Opened<FileStore> opened) {
            return opened.value();
        }
        throw new AssertionError("not opened: " + ((Opening.Refused<FileStore>) opening).why());
    }

    /** All that the phone says of itself. */
    static Map<String, String> contents(Path phone, VaultKey key, Random random) {
        Map<String, String> contents = new TreeMap<>();
        for (int number = 1; number <= 2; number++) {
            try (FileStore store = open(FileStore.line(phone, number), key, random)) {
                String of = number + " ";
                Identity identity = store.identity();
                contents.put(of + "device", identity.device().toText());
                contents.put(of + "address", identity.tag().toText());
                contents.put(of + "key", identity.deviceKeys().pkcs8().toText());
                contents.put(
                        of + "account",
                        identity.accountKeys().orElseThrow().pkcs8().toText());
                contents.put(of + "consent", store.consent().toString());
                contents.put(
                        of + "sim",
                        store.sim().map(mark -> mark.secret().toText()).orElse(""));
                contents.put(of + "owed", store.owed().map(Tag::toText).orElse(""));
                contents.put(of + "policy", Long.toString(store.policySeen()));
                contents.put(
                        of + "prekeys",
                        store.slot("prekeys").read().map(Opaque::toText).orElse(""));
                contents.put(of + "sessions", texts(store.ledger("sessions").recovered()));
                contents.put(of + "outbox", texts(store.outbox().recovered()));
                contents.put(of + "inbox", texts(store.inbox().recovered()));
                contents.put(
                        of + "blocked",
                        texts(Blocked.in(store.files()).all().stream()
                                .map(Tag::bytes)
                                .toList()));
                Contact contact =
                        Contacts.in(store.files().of(phone)).named(NAME).orElseThrow();
                contents.put(of + "contact", contact.tag().toText());
            }
        }
        return contents;
    }

    private static String texts(List<Opaque> records) {
        return String.join(" ", records.stream().map(Opaque::toText).toList());
    }

    /** What a phone must not show, by what it is. */
    static Map<String, byte[]> secrets(Map<String, String> contents) {
        Map<String, byte[]> secrets = new LinkedHashMap<>();
        contents.forEach((what, text) -> {
            if (!text.isEmpty() && what.matches(". (device|address|owed|blocked|contact|sim)")) {
                secrets.put(what, Opaque.fromText(text).toBytes());
            } else if (what.matches(". (key|account)")) {
                byte[] pkcs8 = Opaque.fromText(text).toBytes();
                secrets.put(what, Arrays.copyOfRange(pkcs8, pkcs8.length - 32, pkcs8.length));
            }
        });
        secrets.put("id", Given.id(34).bytes().toBytes());
        for (String text : new String[] {NAME, NUMBER, TEXT, PREKEY}) {
            secrets.put(text, text.getBytes(StandardCharsets.UTF_8));
        }
        return secrets;
    }

    /** Which of these are in any file, plain, in hexadecimal or in Base64. */
    static Set<String> shown(Path phone, Map<String, byte[]> secrets) throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path file : files(phone)) {
            all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                    .append('\n');
        }
        String text = all.toString();
        Set<String> shown = new TreeSet<>();
        secrets.forEach((what, secret) -> {
            if (forms(secret).stream().anyMatch(text::contains)) {
                shown.add(what);
            }
        });
        return shown;
    }

    private static List<String> forms(byte[] secret) {
        List<String> forms = new ArrayList<>();
        forms.add(new String(secret, StandardCharsets.ISO_8859_1));
        forms.add(HexFormat.of().formatHex(secret));
        forms.add(HexFormat.of().withUpperCase().formatHex(secret));
        for (int skipped = 0; skipped < 3; skipped++) {
            byte[] shifted = Arrays.copyOfRange(secret, skipped, secret.length - (secret.length - skipped) % 3);
            forms.add(Base64.getEncoder().encodeToString(shifted));
            forms.add(Base64.getUrlEncoder().encodeToString(shifted));
        }
        return forms;
    }

    static List<Path> files(Path phone) throws IOException {
        try (Stream<Path> all = Files.walk(phone)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    static void copy(Path from, Path to) throws IOException {
        for (Path file : files(from)) {
            Path copy = to.resolve(from.relativize(file));
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }
}
