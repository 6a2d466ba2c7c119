package lethe.broker.edge;

import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(OnAkka.class)
class HeartbeatOnAkkaTest extends HeartbeatTest {}
