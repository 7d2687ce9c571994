package dev.tierway.adapter.providers.google;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Issues access tokens, {@code token-1} and so on, to a service account that it also invents. */
final class TokenServer implements AutoCloseable {
    private static final String KEY = key();

    final AtomicInteger issued = new AtomicInteger();
    /** 0: refuses to issue any. */
    volatile int lifetimeSeconds = 3600;

    private final HttpServer server;

    TokenServer(Vertx vertx) throws Exception {
        server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    request.response().putHeader("content-type", "application/json");
                    if (lifetimeSeconds == 0) {
                        request.response()
                                .setStatusCode(400)
                                .end("{\"error\":\"invalid_grant\",\"error_description\":\"Invalid JWT Signature.\"}");
                    } else {
                        request.response()
                                .end("{\"access_token\":\"token-" + issued.incrementAndGet() + "\",\"expires_in\":"
                                        + lifetimeSeconds + ",\"token_type\":\"Bearer\"}");
                    }
                }))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }

    /** Writes the account's key. */
    void writeKey(Path file) throws Exception {
        Files.writeString(
                file,
                "{\"type\":\"service_account\",\"project_id\":\"p\",\"private_key_id\":\"k\",\"private_key\":"
                        + "\"-----BEGIN PRIVATE KEY-----\\n" + KEY.replace("\n", "\\n")
                        + "\\n-----END PRIVATE KEY-----\\n\",\"client_email\":\"sa@p.iam.gserviceaccount.com\","
                        + "\"client_id\":\"1\",\"token_uri\":\"http://127.0.0.1:" + server.actualPort() + "/token\"}");
    }

    private static String key() {
        try {
            KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
            keys.initialize(2048);
            return Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(keys.generateKeyPair().getPrivate().getEncoded());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
