package dev.tierway.adapter.providers.wire;

import io.vertx.core.Future;
import io.vertx.core.http.RequestOptions;

/** Puts a provider's credential on requests. Never blocks: a credential that must be fetched is waited for. */
@FunctionalInterface
public interface Authorizer {
    /** For providers that want no credential. */
    Authorizer NONE = (request, body) -> Future.succeededFuture();

    /**
     * @param request complete but for the credential; changed in place
     * @param body what will be sent; some sign it
     * @return done when it may be sent; failed if no credential could be had, with words that repeat no secret
     */
    Future<Void> authorize(RequestOptions request, byte[] body);

    /** A key in a header of its own. */
    static Authorizer header(String name, String value) {
        return (request, body) -> {
            request.putHeader(name, value);
            return Future.succeededFuture();
        };
    }
}
