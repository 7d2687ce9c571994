package dev.tierway.adapter.providers;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A port where connections are neither accepted nor refused. */
public final class FullBacklog implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final List<Socket> clients = new ArrayList<>();

    public FullBacklog() throws Exception {
        boolean full = false;
        while (!full) {
            Socket client = new Socket();
            clients.add(client);
            try {
                client.connect(server.getLocalSocketAddress(), 200);
            } catch (SocketTimeoutException noPlaceLeft) {
                full = true;
            }
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/v1");
    }

    @Override
    public void close() throws Exception {
        for (Socket client : clients) {
            client.close();
        }
        server.close();
    }
}
