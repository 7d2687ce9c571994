package dev.tierway.adapter.providers.wire;

import dev.tierway.adapter.providers.ConnectionSettings;
import dev.tierway.adapter.providers.http.TransportLimits;
import dev.tierway.adapter.providers.http.UpstreamClients;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

/** Requests that call no model. */
public record VendorGets(Endpoint endpoint, Authorizer authorizer, ConnectionSettings connection) {
    private static final byte[] NO_BODY = {};

    /** Connections of their own: they take no call's place. */
    public UpstreamClients clients(Vertx vertx, TransportLimits limits, int most) {
        return new UpstreamClients(vertx, limits, connection, endpoint.tls(), most);
    }

    /** @param path under the base URL, or from the server's root if it begins with a slash */
    public RequestOptions look(String path) {
        RequestOptions request = endpoint.request(HttpMethod.GET, path).putHeader("accept", "*/*");
        authorizer.authorize(request, NO_BODY);
        return request;
    }
}
