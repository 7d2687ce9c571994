package dev.tierway.adapter.providers.openai;

import dev.tierway.adapter.providers.ProviderSettings;
import dev.tierway.adapter.providers.Secret;
import dev.tierway.application.port.out.AttemptRequest;
import dev.tierway.application.port.out.Payload;
import dev.tierway.application.port.out.WireFormat;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;

/** Makes requests of attempts: where to, under which headers, with which body. */
final class OpenAiRequests {
    private static final int MAX_REQUEST_ID = 200;

    private final ProviderSettings settings;
    private final ChatRequestEncoder encoder;
    private final String host;
    private final int port;
    private final boolean tls;
    private final String base;

    OpenAiRequests(ProviderSettings settings, URI baseUrl, OpenAiDialect dialect) {
        this.settings = settings;
        this.encoder = new ChatRequestEncoder(dialect, settings.reportsUsage());
        this.tls = "https".equalsIgnoreCase(baseUrl.getScheme());
        this.host = baseUrl.getHost();
        this.port = baseUrl.getPort() >= 0 ? baseUrl.getPort() : tls ? 443 : 80;
        this.base = baseUrl.getRawPath() == null ? "" : baseUrl.getRawPath().replaceAll("/+$", "");
    }

    /** Whether the caller gets the vendor's own bytes. */
    static ReplyShape shape(Payload payload) {
        return switch (payload) {
            case Payload.Wire wire ->
                wire.request().format() == WireFormat.OPENAI_CHAT ? ReplyShape.WIRE : ReplyShape.NEUTRAL;
            case Payload.Neutral neutral -> ReplyShape.NEUTRAL;
        };
    }

    byte[] body(AttemptRequest attempt) {
        String model = attempt.replica().upstreamModel();
        if (attempt.payload() instanceof Payload.Wire wire && shape(wire) == ReplyShape.WIRE) {
            return wire.request().bodyFor(model, settings.reportsUsage());
        }
        return encoder.encode(attempt.payload().chat(), model, attempt.stream());
    }

    RequestOptions options(AttemptRequest attempt) {
        RequestOptions options = request(HttpMethod.POST, base + "/chat/completions")
                .putHeader("content-type", "application/json")
                .putHeader("accept", attempt.stream() ? "text/event-stream" : "application/json");
        if (isSendable(attempt.requestId())) {
            options.putHeader("x-request-id", attempt.requestId());
        }
        return options;
    }

    /**
     * A request that calls no model.
     *
     * @param path under the base URL, or from the server's root if it begins with a slash
     */
    RequestOptions look(String path) {
        return request(HttpMethod.GET, path.startsWith("/") ? path : base + "/" + path)
                .putHeader("accept", "*/*");
    }

    private RequestOptions request(HttpMethod method, String path) {
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setHost(host)
                .setPort(port)
                .setSsl(tls)
                .setURI(path)
                .setFollowRedirects(false)
                .putHeader("accept-encoding", "identity")
                .putHeader("user-agent", "tierway");
        settings.headers().forEach(options::putHeader);
        Secret key = settings.apiKey();
        if (key != null) {
            options.putHeader("authorization", "Bearer " + key.reveal());
        }
        return options;
    }

    private static boolean isSendable(String requestId) {
        return !requestId.isEmpty()
                && requestId.length() <= MAX_REQUEST_ID
                && requestId.chars().allMatch(c -> c > ' ' && c <= '~');
    }
}
