package dev.tierway.adapter.providers.openai;

import dev.tierway.adapter.providers.wire.Authorizer;
import dev.tierway.adapter.providers.wire.Endpoint;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

/** Requests that call no model. */
record OpenAiGets(Endpoint endpoint, Authorizer authorizer) {
    private static final byte[] NO_BODY = {};

    /** @param path under the base URL, or from the server's root if it begins with a slash */
    RequestOptions look(String path) {
        RequestOptions request = endpoint.request(HttpMethod.GET, path).putHeader("accept", "*/*");
        authorizer.authorize(request, NO_BODY);
        return request;
    }
}
