package lethe.broker.edge;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.settings.ServerSettings;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import lethe.broker.edge.resource.UnreadableRequests;

/**
 * How Akka HTTP is set: every default of it that lets a client cost too much, or tells too much, is changed here and
 * cannot be changed back from outside.
 */
final class ServerOptions {
    private ServerOptions() {}

    static ServerSettings of(ActorSystem<?> system) {
        Config changed = ConfigFactory.parseString("""
                akka.http.server {
                  # A header block that never ends takes the whole heap.
                  enable-http2 = off
                  server-header = ""
                  # The connection's guard bounds requests and idleness, byte by byte.
                  request-timeout = infinite
                  idle-timeout = infinite
                  linger-timeout = 2 s
                  pipelining-limit = 1
                  remote-address-attribute = off
                  remote-address-header = off
                  verbose-error-messages = off
                  parsing {
                    error-handler = "%s"
                    # Its lines quote what they warn of.
                    error-logging-verbosity = off
                    illegal-header-warnings = off
                    # RequestBody bounds it, and answers better.
                    max-content-length = infinite
                    max-chunk-size = 64k
                    max-chunk-ext-length = 64
                    max-uri-length = 512
                    max-method-length = 16
                    max-header-name-length = 64
                    max-header-value-length = 2k
                    max-header-count = 32
                  }
                }
                """.formatted(UnreadableRequests.class.getName()));
        return ServerSettings.create(changed.withFallback(system.settings().config()));
    }
}
