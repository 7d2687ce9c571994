package dev.tierway.bootstrap.trace;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends spans to a collector by the OpenTelemetry protocol, over HTTP in JSON. A batch that can't be sent is lost, and
 * logged.
 */
final class OtlpJsonExporter implements SpanExporter {
    private static final Logger LOG = LoggerFactory.getLogger(OtlpJsonExporter.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final URI endpoint;
    private final Map<String, String> headers;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    OtlpJsonExporter(URI endpoint, Map<String, String> headers) {
        this.endpoint = endpoint;
        this.headers = headers;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        CompletableResultCode result = new CompletableResultCode();
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint)
                .timeout(PATIENCE)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(OtlpJson.of(spans)));
        headers.forEach(request::header);
        CompletableFuture<?> answered = client.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding())
                .whenComplete((response, error) -> answered(spans.size(), response, error, result));
        LOG.trace("{} spans are on their way: {}", spans.size(), answered);
        return result;
    }

    private static void answered(
            int spans, @Nullable HttpResponse<?> response, @Nullable Throwable error, CompletableResultCode result) {
        if (response != null && response.statusCode() / 100 == 2) {
            result.succeed();
            return;
        }
        // The reason may quote the address, and with it what somebody put there: its kind is enough.
        LOG.atWarn()
                .addKeyValue("spans", spans)
                .addKeyValue("status", response == null ? 0 : response.statusCode())
                .addKeyValue("error", error == null ? "none" : error.getClass().getSimpleName())
                .log("traces lost: the collector didn't take them");
        result.fail();
    }

    @Override
    public CompletableResultCode flush() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
        client.shutdownNow();
        return CompletableResultCode.ofSuccess();
    }
}
