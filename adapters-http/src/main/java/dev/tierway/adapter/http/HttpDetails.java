package dev.tierway.adapter.http;

import dev.tierway.adapter.http.wire.ScannedRequest;
import dev.tierway.application.port.in.RequestDetails;
import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/** A request over HTTP, as rules look at it. */
record HttpDetails(MultiMap headers, ScannedRequest asked) implements RequestDetails {
    @Override
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    @Override
    public String text(int mostBytes) {
        return asked.text().apply(mostBytes);
    }
}
