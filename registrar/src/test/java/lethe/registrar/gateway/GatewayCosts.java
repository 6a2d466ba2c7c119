package lethe.registrar.gateway;

import static lethe.registrar.gateway.Installed.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import lethe.client.sealing.SmsWording;
import lethe.core.identity.MessageId;
import lethe.core.protocol.GatewayBodies.SmsReport;
import lethe.core.protocol.GatewayBodies.SmsReports;
import lethe.core.protocol.SmsEnd;
import lethe.registrar.sms.centre.Behaviour;
import lethe.registrar.sms.centre.DevelopmentCentre;

/**
 * Prints how many SMS a second a gateway sends over one bind with a window of 50, from the capsule to the acknowledged
 * report, to a centre that thinks 50 ms about each. Not a test; to be run by hand.
 */
public final class GatewayCosts {
    private static final int SMS = 10_000;
    private static final int BROKERS = 8;
    private static final Duration THINKING = Duration.ofMillis(50);

    private GatewayCosts() {}

    public static void main(String[] arguments) throws Exception {
        int count = arguments.length == 0 ? SMS : Integer.parseInt(arguments[0]);
        Path directory = Files.createTempDirectory("gateway-costs");
        String config = "\ncosts { a-day = 1000000, subscriber-a-day = 1000000 }\nroute.a-minute = 1000000\n";
        try (DevelopmentCentre centre = DevelopmentCentre.open(
                        0,
                        "sesame",
                        Behaviour.good().answering(THINKING),
                        ServerSocketFactory.getDefault(),
                        any -> {});
                Installed gateway = new Installed(directory, config(centre.port(), "window = 50") + config)) {
            long begun = System.nanoTime();
            put(gateway, count);
            long taken = System.nanoTime();
            Set<MessageId> delivered = hear(gateway, count);
            long heard = System.nanoTime();
            System.out.printf(
                    "%d SMS: taken at %.0f/s; delivered, reported and acknowledged %d at %.0f/s%n",
                    count, count * 1e9 / (taken - begun), delivered.size(), count * 1e9 / (heard - begun));
        }
    }

    private static void put(Installed gateway, int count) throws InterruptedException {
        ExecutorService brokers = Executors.newFixedThreadPool(BROKERS);
        AtomicInteger number = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            brokers.execute(() -> {
                try {
                    MessageId id = gateway.id();
                    // Spread over all hundreds.
                    String to = "+49151" + String.format(Locale.ROOT, "%06d00", number.incrementAndGet());
                    gateway.taken(id, gateway.capsule(id, to, new SmsWording.Notice("en")));
                } catch (Exception refused) {
                    throw new IllegalStateException(refused);
                } finally {
                    done.countDown();
                }
            });
        }
        done.await(10, TimeUnit.MINUTES);
        brokers.shutdown();
    }

    private static Set<MessageId> hear(Installed gateway, int count) throws Exception {
        Set<MessageId> delivered = new HashSet<>();
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
        while (delivered.size() < count && System.nanoTime() < end) {
            SmsReports page = gateway.reports("?wait=5");
            page.reports().stream()
                    .filter(report -> report.state() == SmsEnd.DELIVERED)
                    .map(SmsReport::id)
                    .forEach(delivered::add);
            gateway.acknowledge(page.reports().stream().map(SmsReport::id).toArray(MessageId[]::new));
        }
        return delivered;
    }
}
