package dev.tierway.bootstrap.demo;

import dev.tierway.GatewayConfig;
import dev.tierway.adapter.http.server.PortUnavailableException;
import dev.tierway.bootstrap.Gateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** A whole gateway on loopback with simulated vendors behind it; nothing of it is kept. */
public final class DemoGateway implements AutoCloseable {
    private static final int API_PORT = 8080;
    private static final int ADMIN_PORT = 8081;

    private final DemoVendors vendors;
    private final Path folder;
    private final Gateway gateway;
    private final boolean onUsualPorts;
    private final AtomicBoolean closed = new AtomicBoolean();

    private DemoGateway(DemoVendors vendors, Path folder, Gateway gateway, boolean onUsualPorts) {
        this.vendors = vendors;
        this.folder = folder;
        this.gateway = gateway;
        this.onUsualPorts = onUsualPorts;
    }

    /** Starts on the usual ports, or on free ones where those are taken. */
    public static DemoGateway start() {
        DemoVendors vendors = new DemoVendors();
        try {
            Path folder = Files.createTempDirectory("tierway");
            try {
                return new DemoGateway(vendors, folder, gateway(vendors, folder, API_PORT, ADMIN_PORT), true);
            } catch (PortUnavailableException taken) {
                Gateway elsewhere = gateway(vendors, folder, freePort(), freePort());
                return new DemoGateway(vendors, folder, elsewhere, false);
            }
        } catch (IOException unwritable) {
            vendors.close();
            throw new UncheckedIOException("the folder for temporary files can't be written to", unwritable);
        } catch (RuntimeException failed) {
            vendors.close();
            throw failed;
        }
    }

    private static Gateway gateway(DemoVendors vendors, Path folder, int apiPort, int adminPort) throws IOException {
        String text = vendors.config(apiPort, adminPort);
        Files.writeString(configIn(folder), text);
        return Gateway.start(GatewayConfig.load(configIn(folder), Map.of()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Path configIn(Path folder) {
        return folder.resolve("tierway.yaml");
    }

    /** The configuration it runs on, while it runs. */
    public Path config() {
        return configIn(folder);
    }

    public URI api() {
        return URI.create("http://127.0.0.1:" + gateway.apiPort());
    }

    public URI admin() {
        return URI.create("http://127.0.0.1:" + gateway.adminPort());
    }

    /** Whether those ports are the ones every gateway has unless told otherwise. */
    public boolean onUsualPorts() {
        return onUsualPorts;
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        gateway.close();
        vendors.close();
        try {
            Files.deleteIfExists(config());
            Files.deleteIfExists(folder);
        } catch (IOException undeletable) {
            throw new UncheckedIOException(undeletable);
        }
    }
}
