package lethe.persistence.plugin;

import akka.persistence.CapabilityFlag;
import akka.persistence.japi.snapshot.JavaSnapshotStoreSpec;
import com.typesafe.config.ConfigFactory;
import java.util.concurrent.TimeUnit;
import lethe.persistence.local.TestConfig;
import org.junit.runner.RunWith;
import org.scalatestplus.junit.JUnitRunner;

/** The snapshot store does what Akka expects of one. */
@RunWith(JUnitRunner.class)
public class LetheSnapshotStoreTckTest extends JavaSnapshotStoreSpec {

    public LetheSnapshotStoreTckTest() {
        super(ConfigFactory.parseString("akka.actor.allow-java-serialization = on")
                .withFallback(TestConfig.shared()));
    }

    /** The kit's own patience is three seconds, less than the creation of the tables takes. */
    @Override
    public void beforeAll() {
        LetheStore.get(system())
                .ready()
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
        super.beforeAll();
    }

    @Override
    public CapabilityFlag supportsSerialization() {
        return CapabilityFlag.on();
    }
}
