package dev.tierway.adapter.http.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Describes the endpoints of one port in OpenAPI 3.1, for {@code GET /openapi.json}. */
public enum OpenApi {
    API("openapi-api.json"),
    ADMIN("openapi-admin.json");

    private final String resource;

    OpenApi(String resource) {
        this.resource = resource;
    }

    public Endpoint endpoint() {
        byte[] document = read();
        return Endpoint.get("/openapi.json", exchange -> exchange.json(200, document))
                .evenWhileDraining();
    }

    private byte[] read() {
        try (InputStream stream = OpenApi.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("the build left out " + resource);
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
