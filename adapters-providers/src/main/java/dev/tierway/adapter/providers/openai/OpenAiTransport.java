package dev.tierway.adapter.providers.openai;

import dev.tierway.adapter.providers.ProviderSettings;
import dev.tierway.adapter.providers.http.Redactor;
import dev.tierway.adapter.providers.http.TransportLimits;
import dev.tierway.adapter.providers.http.UpstreamClients;
import dev.tierway.adapter.providers.limits.Vendor;
import dev.tierway.application.port.out.AttemptHandle;
import dev.tierway.application.port.out.AttemptRequest;
import dev.tierway.application.port.out.AttemptSink;
import dev.tierway.application.port.out.ProviderTransport;
import dev.tierway.application.port.out.WallClock;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One provider that speaks OpenAI's dialect: opens attempts, bounds them, ends them when it is closed. */
final class OpenAiTransport implements ProviderTransport {
    final Vertx vertx;
    final OpenAiRequests requests;
    final UpstreamClients clients;
    final ReplyReaders readers;
    /** Set before connections close, so that no attempt takes that for the vendor's doing. */
    volatile boolean closing;

    private final Set<OpenAiAttempt> inFlight = ConcurrentHashMap.newKeySet();

    OpenAiTransport(
            Vertx vertx, WallClock clock, TransportLimits limits, ProviderSettings settings, OpenAiRequests requests) {
        this.vertx = vertx;
        this.requests = requests;
        this.clients = new UpstreamClients(vertx, limits, settings.maxConnections());
        this.readers = new ReplyReaders(
                limits, new ErrorClassifier(new Redactor(secrets(settings))), clock, Vendor.at(settings.baseUrl()));
    }

    @Override
    public AttemptHandle open(AttemptRequest request, AttemptSink sink) {
        OpenAiAttempt attempt = new OpenAiAttempt(this, request, sink, inFlight::remove);
        inFlight.add(attempt);
        attempt.open();
        return attempt;
    }

    @Override
    public void close() {
        closing = true;
        inFlight.forEach(OpenAiAttempt::closeTransport);
        clients.close();
    }

    /** Headers an operator adds can be credentials too. */
    private static List<String> secrets(ProviderSettings settings) {
        List<String> secrets = new ArrayList<>(settings.headers().values());
        if (settings.apiKey() != null) {
            secrets.add(settings.apiKey().reveal());
        }
        return secrets;
    }
}
