package dev.tierway.adapter.providers.azure;

import dev.tierway.adapter.providers.wire.Authorizer;
import dev.tierway.adapter.providers.wire.CredentialCache;
import dev.tierway.adapter.providers.wire.CredentialCache.Lease;
import dev.tierway.application.port.out.WallClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.Callable;

/** Puts a token on requests instead of a key. */
final class EntraAuthorizer implements Authorizer {
    private final CredentialCache<String> tokens;

    EntraAuthorizer(Vertx vertx, WallClock clock, Callable<Lease<String>> source) {
        this.tokens = new CredentialCache<>(vertx, clock, source);
    }

    @Override
    public Future<Void> authorize(RequestOptions request, byte[] body) {
        Future<String> token = tokens.get();
        if (token.succeeded()) {
            request.putHeader("authorization", "Bearer " + token.result());
            return Future.succeededFuture();
        }
        return token.onSuccess(fresh -> request.putHeader("authorization", "Bearer " + fresh))
                .mapEmpty();
    }
}
