package lethe.broker.edge;

import com.typesafe.config.Config;
import lethe.broker.edge.connection.ConnectionSettings;
import lethe.broker.edge.netty.TlsSettings;
import lethe.broker.edge.resource.ResourceSettings;
import lethe.broker.edge.socket.SocketSettings;

/**
 * What the edge goes by: {@code lethe.edge} in the configuration.
 *
 * @param host the address to listen on
 * @param port 0 for any free one
 * @param adminHost the address of the operators' listener; loopback, or the pod's own
 * @param adminPort 0 for any free one
 * @param transport what carries phones' connections
 */
public record EdgeSettings(
        String host,
        int port,
        String adminHost,
        int adminPort,
        Transport transport,
        TlsSettings tls,
        ConnectionSettings connections,
        ResourceSettings resources,
        SocketSettings sockets) {
    public EdgeSettings {
        if (tls.isOn() && transport != Transport.NETTY) {
            throw new IllegalArgumentException("lethe.edge.tls needs lethe.edge.transport = netty");
        }
    }

    /** Reads {@code lethe}. */
    public static EdgeSettings from(Config lethe) {
        Config edge = lethe.getConfig("edge");
        int bodyBound = Math.toIntExact(lethe.getBytes("message.max-body"));
        return new EdgeSettings(
                edge.getString("host"),
                edge.getInt("port"),
                edge.getString("admin.host"),
                edge.getInt("admin.port"),
                Transport.from(edge),
                TlsSettings.from(edge.getConfig("tls")),
                ConnectionSettings.from(edge.getConfig("connections")),
                ResourceSettings.from(edge.getConfig("http"), bodyBound),
                SocketSettings.from(edge.getConfig("socket"), bodyBound, lethe.getDuration("session.heartbeat")));
    }
}
