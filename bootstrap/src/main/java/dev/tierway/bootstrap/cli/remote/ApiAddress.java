package dev.tierway.bootstrap.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;

/** Finds a gateway's API port by asking its admin port. */
public final class ApiAddress {
    private ApiAddress() {}

    /** @throws RemoteFailure if the admin port can't tell */
    public static URI of(GatewayClient admin) {
        JsonNode server = admin.get("/admin/config").path("server");
        int port = server.path("port").asInt();
        if (port == 0) {
            throw new RemoteFailure(admin.base()
                    + " doesn't say on which port its API is: name it with --api-url, as the gateway's start"
                    + " printed it.");
        }
        String bind = server.path("bind").asText("");
        // Who listens everywhere is reached where the admin port is.
        boolean everywhere = bind.isEmpty() || bind.equals("0.0.0.0") || bind.equals("::");
        String host = everywhere ? admin.base().getHost() : bind.contains(":") ? "[" + bind + "]" : bind;
        return URI.create((server.has("tls") ? "https://" : "http://") + host + ":" + port);
    }
}
