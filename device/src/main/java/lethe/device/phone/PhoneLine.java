package lethe.device.phone;

import lethe.device.DeviceClient;
import lethe.device.DeviceRuntime;
import lethe.device.DeviceSettings;
import lethe.device.Lethe;
import lethe.device.contacts.Blocked;
import lethe.device.store.FileStore;

/** One number of a phone at work: its client, and what its owner types to it. */
final class PhoneLine implements AutoCloseable {
    private final Lethe lethe;
    private final OptIn optIn;
    private final Renewal renewal;
    private final Chat chat;

    /**
     * A line that does nothing yet.
     *
     * @param asks whether somebody answers questions here
     * @param discoverable whether the owner has agreed to be listed
     * @param bySms whether the owner has agreed to SMS by the operator's gateway
     */
    PhoneLine(
            FileStore store,
            DeviceSettings settings,
            DeviceRuntime runtime,
            Screen screen,
            AddressBook book,
            Lines lines,
            boolean asks,
            boolean discoverable,
            boolean bySms) {
        this.renewal = new Renewal(screen, asks);
        Blocked blocked = Blocked.in(store.files());
        Application application = new Application(screen, book, blocked, renewal);
        this.lethe = new Lethe(settings, runtime, store, new TerminalModem(screen), application);
        DeviceClient client = lethe.client();
        this.optIn = new OptIn(client, screen, lines, agreed(asks, discoverable), agreed(asks, bySms));
        SenderCommands senders = new SenderCommands(client, screen, book, blocked, application);
        LetterCommands letters = new LetterCommands(lethe, screen, book, lines, application);
        this.chat = new Chat(lethe, screen, book, lines, optIn, senders, letters, renewal);
    }

    private static OptIn.Agreed agreed(boolean asks, boolean said) {
        if (said) {
            return OptIn.Agreed.YES;
        }
        return asks ? OptIn.Agreed.ASK : OptIn.Agreed.NO;
    }

    DeviceClient client() {
        return lethe.client();
    }

    OptIn optIn() {
        return optIn;
    }

    Chat chat() {
        return chat;
    }

    /** Whether the next line answers a question of this one. */
    boolean isAsking() {
        return renewal.isAsking();
    }

    @Override
    public void close() {
        lethe.close();
    }
}
