package lethe.loadtest.capture;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import lethe.client.http.TaggerHttp;
import lethe.client.permit.HeldPermit;
import lethe.client.tagging.TagAnswer;
import lethe.client.tagging.TagClient;
import lethe.core.identity.MessageId;
import lethe.core.identity.Tag;
import lethe.device.DeviceRuntime;
import lethe.device.DeviceSettings;
import lethe.device.http.Fleet;
import lethe.device.outbox.Terms;
import lethe.device.sms.SmsCopy;
import lethe.device.store.MemoryStore;
import lethe.loadtest.history.HistoryRecorder;
import lethe.loadtest.phone.Bell;
import lethe.loadtest.phone.Body;
import lethe.loadtest.phone.Phone;
import lethe.wire.Encoding;
import org.jspecify.annotations.Nullable;

/** What two phones do: everything that brings a server near an identifier. */
final class Story implements AutoCloseable {
    private static final Duration BOUND = Duration.ofSeconds(45);
    private static final Duration BACKOFF_FIRST = Duration.ofMillis(100);
    private static final Duration BACKOFF_LAST = Duration.ofSeconds(1);
    private static final Duration DEADLINE = Duration.ofSeconds(2);
    private static final int THREADS = 4;

    private final Lab lab;
    private final Owner caller;
    private final Owner friend;
    private final Talk talk;
    private final Consumer<String> progress;
    private final DeviceRuntime runtime;
    private final Handset handset;
    private final HistoryRecorder history;
    private final Bell bell = new Bell();
    private final List<Phone> phones = new ArrayList<>();

    /**
     * Nothing has happened.
     *
     * @param caller whose first contact is the friend
     * @param talk of both
     * @param historyFile written anew; not where it would be searched
     */
    Story(Lab lab, Owner caller, Owner friend, Talk talk, Path historyFile, Consumer<String> progress)
            throws IOException {
        this.lab = lab;
        this.caller = caller;
        this.friend = friend;
        this.talk = talk;
        this.progress = progress;
        DeviceRuntime usual = DeviceRuntime.ofThreads(THREADS);
        this.runtime =
                new DeviceRuntime(usual.executor(), usual.alarm(), lab.servers().http(), usual.clock(), usual.random());
        this.handset = new Handset(lab.servers(), runtime);
        this.history = new HistoryRecorder(historyFile, System::nanoTime);
    }

    /**
     * What a phone knows after it has looked its contacts up.
     *
     * @param friend the contact who has the service
     * @param others all other contacts
     */
    record Tags(Tag friend, List<Tag> others) {
        Tags {
            others = List.copyOf(others);
        }

        @Override
        public String toString() {
            return "Tags[***]";
        }
    }

    /**
     * Tells it to its end.
     *
     * @param whileVerifying done while the verifier has the caller's number
     */
    Tags tell(Handset.Meanwhile whileVerifying) throws IOException, InterruptedException {
        progress.accept("two phones prove their numbers");
        MemoryStore friendsPhone = handset.register(friend.person(), () -> {}).store();
        Handset.Registered registered = handset.register(caller.person(), whileVerifying);
        progress.accept("one looks up " + caller.contacts().size() + " contacts");
        Tags tags = lookUp(registered.permit());
        require(
                "the friend has the tag that the lookup found",
                tags.friend().equals(friendsPhone.identity().tag()));
        Phone from = phone("caller", registered.store());
        Phone to = phone("friend", friendsPhone);
        require(
                "a phone knows its SIM",
                Handset.within(from.sim(caller.sim())) && Handset.within(to.sim(friend.sim())));
        optIn();
        chat(from, to);
        fallBack(from, to);
        progress.accept("control: the same phone tells a naive service all that it knows");
        lab.servers().naive().tell(caller, talk, lab.servers().http());
        return tags;
    }

    private Tags lookUp(HeldPermit permit) throws IOException, InterruptedException {
        TagClient client = new TagClient(
                        lab.servers().tagger().pinned(),
                        List.of(new TaggerHttp(
                                lab.servers().http(), lab.servers().tagger().address(), Encoding.CBOR)),
                        ForkJoinPool.commonPool(),
                        runtime.random())
                .showing(permit, runtime.clock());
        TagAnswer answer = Handset.within(
                client.tags(caller.contacts().stream().map(Person::number).toList()));
        if (!(answer instanceof TagAnswer.Tags tags)) {
            throw new IOException("the tagger gave no tags");
        }
        return new Tags(tags.tags().get(0), tags.tags().subList(1, tags.tags().size()));
    }

    private Phone phone(String name, MemoryStore store) {
        DeviceSettings settings = DeviceSettings.of(lab.broker()).withBackoff(BACKOFF_FIRST, BACKOFF_LAST);
        Phone phone = Phone.sealing(name, settings, runtime, store, history, bell);
        phones.add(phone);
        return phone;
    }

    private void optIn() throws IOException, InterruptedException {
        progress.accept("both opt in and connect");
        Fleet.within(BOUND).ask(phones, Phone::optIn);
        await("both are connected", () -> phones.stream().allMatch(Phone::isConnected));
        for (Phone phone : phones) {
            require("others can seal for the " + phone, phone.awaitPrekeys(BOUND));
        }
    }

    private void chat(Phone from, Phone to) throws IOException, InterruptedException {
        progress.accept("they chat, in sealed letters");
        MessageId asked = send(from, to, talk.question(), Terms.usual(), null);
        await("a message is delivered", () -> from.end(asked).isPresent());
        MessageId answered = send(to, from, talk.answer(), Terms.usual(), null);
        await("an answer is delivered", () -> to.end(answered).isPresent());
        require(
                "both have read it",
                to.texts().equals(List.of(talk.question().text()))
                        && from.texts().equals(List.of(talk.answer().text())));
    }

    /** The SMS leaves over the caller's own modem: the number does not go to the broker. */
    private void fallBack(Phone from, Phone to) throws IOException, InterruptedException {
        progress.accept("one goes away: a message waits, and another falls back to SMS");
        Handset.within(to.disconnect());
        MessageId waits = send(from, to, talk.later(), Terms.usual(), null);
        SmsCopy sms = new SmsCopy(friend.person().number(), talk.urgent().text());
        MessageId falls = send(from, to, talk.urgent(), Terms.smsAfter(DEADLINE), sms);
        await("the broker takes custody", () -> from.isHeld(waits));
        await("a message ends as an SMS", () -> from.end(falls).isPresent());
        List<SmsCopy> sent = from.sms();
        require(
                "the modem sent one SMS to the friend",
                sent.size() == 1
                        && sent.get(0).number().equals(sms.number())
                        && sent.get(0).text().startsWith(sms.text()));
    }

    private static MessageId send(Phone from, Phone to, Talk.Letter letter, Terms terms, @Nullable SmsCopy sms)
            throws IOException, InterruptedException {
        CompletionStage<Optional<MessageId>> taken = from.send(to, Body.of(letter.text()), terms, sms);
        return Handset.within(taken).orElseThrow(() -> new IOException("a phone did not take a message into custody"));
    }

    private void await(String what, BooleanSupplier condition) throws IOException, InterruptedException {
        require(what + ", not within " + BOUND.toSeconds() + " s", bell.await(condition, BOUND));
    }

    private static void require(String what, boolean condition) throws IOException {
        if (!condition) {
            throw new IOException("it did not happen: " + what);
        }
    }

    @Override
    public void close() throws IOException {
        phones.forEach(Phone::close);
        history.close();
    }
}
