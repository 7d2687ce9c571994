package dev.tierway.bootstrap.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tierway.bootstrap.cli.show.Documents;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringWriter;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One port of a running gateway, asked over HTTP. */
public final class GatewayClient implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    /** A little more than the longest call a gateway makes by itself. */
    private static final Duration REPLY = Duration.ofMinutes(11);

    private final URI base;
    private final @Nullable String token;
    private final boolean admin;
    private final HttpClient http;

    private GatewayClient(URI base, @Nullable String token, boolean admin) {
        this.base = base;
        this.token = token;
        this.admin = admin;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build();
    }

    /**
     * @param base scheme, host and port
     * @param token of the admin port; null: none
     */
    public static GatewayClient admin(URI base, @Nullable String token) {
        return new GatewayClient(base, token, true);
    }

    /** @param base scheme, host and port */
    public static GatewayClient api(URI base) {
        return api(base, null);
    }

    /**
     * @param base scheme, host and port
     * @param key for the API; null: none
     */
    public static GatewayClient api(URI base, @Nullable String key) {
        return new GatewayClient(base, key, false);
    }

    public URI base() {
        return base;
    }

    /** @throws RemoteFailure unless it answers with JSON and success */
    public JsonNode get(String pathAndQuery) {
        return json(send(request(pathAndQuery).GET().build(), BodyHandlers.ofString()));
    }

    /**
     * Passes a text on as it comes, however long.
     *
     * @throws RemoteFailure if it is refused, or ends before its end
     */
    public void copy(String pathAndQuery, Writer to) {
        HttpResponse<InputStream> response = send(request(pathAndQuery).GET().build(), BodyHandlers.ofInputStream());
        try (Reader body = new InputStreamReader(response.body(), StandardCharsets.UTF_8)) {
            if (response.statusCode() >= 400) {
                StringWriter refusal = new StringWriter();
                body.transferTo(refusal);
                throw refused(response.statusCode(), refusal.toString());
            }
            body.transferTo(to);
        } catch (IOException broken) {
            throw new RemoteFailure("The answer of " + base + " broke off: " + broken.getMessage(), broken);
        }
    }

    /** @throws RemoteFailure unless it answers with JSON and success */
    public JsonNode post(String path, JsonNode body) {
        return json(send(posted(path, body), BodyHandlers.ofString()));
    }

    /**
     * Posts for a stream of server-sent events.
     *
     * @param event gets the data of each but the closing {@code [DONE]}
     * @throws RemoteFailure if it is refused, holds an error, or ends without {@code [DONE]}
     */
    public void stream(String path, JsonNode body, Consumer<JsonNode> event) {
        HttpResponse<Stream<String>> response = send(posted(path, body), BodyHandlers.ofLines());
        try (Stream<String> lines = response.body()) {
            if (response.statusCode() >= 400) {
                throw refused(response.statusCode(), String.join("\n", lines.toList()));
            }
            EventLines events = new EventLines(event);
            lines.forEach(events::line);
            events.end();
        } catch (java.io.UncheckedIOException broken) {
            throw new RemoteFailure("The stream from " + base + " broke off: " + broken.getMessage(), broken);
        }
    }

    private HttpRequest posted(String path, JsonNode body) {
        return request(path)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
    }

    private HttpRequest.Builder request(String pathAndQuery) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(base + pathAndQuery)).timeout(REPLY);
        return token == null ? builder : builder.header("authorization", "Bearer " + token);
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (IOException unreachable) {
            String reason = unreachable.getMessage() == null ? "" : " (" + unreachable.getMessage() + ")";
            throw new RemoteFailure(
                    "No gateway answers at " + base + reason
                            + ". Start one with `tierway serve`, or name another with --url or --api-url.",
                    unreachable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RemoteFailure("Interrupted while waiting for " + base + ".", interrupted);
        }
    }

    private JsonNode json(HttpResponse<String> response) {
        if (response.statusCode() >= 400) {
            throw refused(response.statusCode(), response.body());
        }
        try {
            return Documents.parse(response.body());
        } catch (IllegalArgumentException notJson) {
            throw stranger(notJson);
        }
    }

    private RemoteFailure refused(int status, String body) {
        JsonNode error;
        try {
            error = Documents.parse(body).path("error");
        } catch (IllegalArgumentException notJson) {
            return stranger(notJson);
        }
        if (!error.isObject()) {
            return stranger(null);
        }
        if (admin && status == 401) {
            return new RemoteFailure(
                    base + " asks for a token: set TIERWAY_ADMIN_TOKEN to the gateway's auth.admin-token.");
        }
        if (admin && status == 404) {
            return new RemoteFailure(base + " is not a gateway's admin port: its API is named with --api-url.");
        }
        if (!admin && status == 401) {
            return new RemoteFailure(base + " asks for an API key: set TIERWAY_API_KEY to one. "
                    + error.path("message").asText());
        }
        String decision = error.path("decision").asText("");
        return new RemoteFailure(error.path("message").asText() + " [HTTP " + status + ", "
                + error.path("code").asText() + (decision.isEmpty() ? "" : ", " + decision) + "]");
    }

    private RemoteFailure stranger(@Nullable Throwable cause) {
        String message = "What answers at " + base + " is no Tierway gateway: check --url and --api-url.";
        return cause == null ? new RemoteFailure(message) : new RemoteFailure(message, cause);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
