/** As much of MQTT 3.1.1 as the comparison needs. No retained messages, no sessions that outlive their connection. */
@NullMarked
package lethe.loadtest.peers.mqtt;

import org.jspecify.annotations.NullMarked;
