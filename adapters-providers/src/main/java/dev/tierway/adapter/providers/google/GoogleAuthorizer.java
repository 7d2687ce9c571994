package dev.tierway.adapter.providers.google;

import dev.tierway.adapter.providers.GoogleSettings;
import dev.tierway.adapter.providers.wire.Authorizer;
import dev.tierway.adapter.providers.wire.CredentialCache;
import dev.tierway.application.port.out.WallClock;
import dev.tierway.domain.catalogue.ProviderId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.RequestOptions;
import java.util.LinkedHashMap;
import java.util.Map;

/** Puts an access token on requests, that Google's library fetches off the event loop. */
final class GoogleAuthorizer implements Authorizer {
    private static final String LIBRARY = "com.google.auth.oauth2.GoogleCredentials";

    private final CredentialCache<Map<String, String>> headers;

    GoogleAuthorizer(CredentialCache<Map<String, String>> headers) {
        this.headers = headers;
    }

    /** @throws IllegalArgumentException if Google's library isn't on the class path; the message names it */
    static GoogleAuthorizer of(Vertx vertx, WallClock clock, ProviderId provider, GoogleSettings cloud) {
        try {
            Class.forName(LIBRARY, false, GoogleAuthorizer.class.getClassLoader());
        } catch (ClassNotFoundException missing) {
            throw new IllegalArgumentException(
                    "provider '" + provider + "' of kind 'vertex' needs Google's library for its credentials: add"
                            + " com.google.auth:google-auth-library-oauth2-http to the class path, or give an api-key",
                    missing);
        }
        return new GoogleAuthorizer(new CredentialCache<>(vertx, clock, new GoogleTokenSource(cloud.credentials())));
    }

    @Override
    public Future<Void> authorize(RequestOptions request, byte[] body) {
        Future<Map<String, String>> known = headers.get();
        if (known.succeeded()) {
            put(known.result(), request);
            return Future.succeededFuture();
        }
        return known.map(fetched -> {
            put(fetched, request);
            return null;
        });
    }

    private static void put(Map<String, String> headers, RequestOptions request) {
        new LinkedHashMap<>(headers).forEach(request::putHeader);
    }
}
