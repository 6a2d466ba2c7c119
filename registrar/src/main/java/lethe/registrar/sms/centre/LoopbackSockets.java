package lethe.registrar.sms.centre;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import javax.net.ServerSocketFactory;
import org.jsmpp.session.connection.ServerConnection;
import org.jsmpp.session.connection.ServerConnectionFactory;
import org.jsmpp.session.connection.socket.ServerSocketConnection;

/** Ports that only this machine reaches: jSMPP's own listen everywhere. Says which port the system gave. */
final class LoopbackSockets implements ServerConnectionFactory {
    private static final int BACKLOG = 64;

    private final ServerSocketFactory sockets;
    private int port;

    LoopbackSockets(ServerSocketFactory sockets) {
        this.sockets = sockets;
    }

    int port() {
        return port;
    }

    @Override
    public ServerConnection listen(int wanted) throws IOException {
        return listen(wanted, 0, BACKLOG);
    }

    @Override
    public ServerConnection listen(int wanted, int timeout) throws IOException {
        return listen(wanted, timeout, BACKLOG);
    }

    @Override
    public ServerConnection listen(int wanted, int timeout, int backlog) throws IOException {
        ServerSocket socket = sockets.createServerSocket(wanted, backlog, InetAddress.getLoopbackAddress());
        socket.setSoTimeout(timeout);
        port = socket.getLocalPort();
        return new ServerSocketConnection(socket);
    }
}
