package lethe.broker.edge;

import static org.assertj.core.api.Assertions.assertThat;

import lethe.broker.edge.stream.StreamListener;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Holds the edge on Akka's streams to the same claims as the one on Netty: every edge that its class starts is on it.
 */
final class OnAkka implements BeforeAllCallback, AfterAllCallback {
    @Override
    public void beforeAll(ExtensionContext context) {
        TestEdge.LISTENERS.clear();
        TestEdge.common = "edge.transport = akka";
    }

    @Override
    public void afterAll(ExtensionContext context) {
        TestEdge.common = "";
        assertThat(TestEdge.LISTENERS).containsExactly(StreamListener.class);
    }
}
