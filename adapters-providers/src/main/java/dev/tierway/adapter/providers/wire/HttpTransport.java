package dev.tierway.adapter.providers.wire;

import dev.tierway.adapter.providers.ProviderSettings;
import dev.tierway.adapter.providers.RequestDefaults;
import dev.tierway.adapter.providers.http.RetryAfter;
import dev.tierway.adapter.providers.http.TransportLimits;
import dev.tierway.adapter.providers.http.UpstreamClients;
import dev.tierway.adapter.providers.http.UpstreamHead;
import dev.tierway.application.port.out.AttemptHandle;
import dev.tierway.application.port.out.AttemptRequest;
import dev.tierway.application.port.out.AttemptSink;
import dev.tierway.application.port.out.Operation;
import dev.tierway.application.port.out.ProviderTransport;
import dev.tierway.application.port.out.WallClock;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** One provider reached over HTTP: opens attempts, bounds them, ends them when it is closed. */
public final class HttpTransport implements ProviderTransport {
    private static final int MAX_REQUEST_ID = 200;
    private static final int MAX_VIA = 2_000;

    final Vertx vertx;
    final VendorApi api;
    final Authorizer authorizer;
    final UpstreamClients clients;
    /** Set before connections close, so that no attempt takes that for the vendor's doing. */
    volatile boolean closing;

    private final WallClock clock;
    private final TransportLimits limits;
    private final Endpoint endpoint;
    private final ProviderSettings settings;
    private final Set<HttpAttempt> inFlight = ConcurrentHashMap.newKeySet();

    /** @param clock what dates in headers are compared with */
    public HttpTransport(
            Vertx vertx,
            WallClock clock,
            TransportLimits limits,
            ProviderSettings settings,
            Endpoint endpoint,
            Authorizer authorizer,
            VendorApi api) {
        this.vertx = vertx;
        this.clock = clock;
        this.limits = limits;
        this.endpoint = endpoint;
        this.settings = settings;
        this.authorizer = authorizer;
        this.api = api;
        this.clients =
                new UpstreamClients(vertx, limits, settings.connection(), endpoint.tls(), settings.maxConnections());
    }

    @Override
    public AttemptHandle open(AttemptRequest request, AttemptSink sink) {
        HttpAttempt attempt = new HttpAttempt(this, request, sink, inFlight::remove);
        inFlight.add(attempt);
        attempt.open();
        return attempt;
    }

    /** What is sent: as the dialect says it, with the operator's defaults where it says nothing. */
    UpstreamRequest request(AttemptRequest attempt) {
        UpstreamRequest said = api.request(attempt);
        RequestDefaults defaults = settings.defaults().of(attempt.replica().id());
        if (defaults.isEmpty()) {
            return said;
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        defaults.headers().forEach((name, value) -> headers.put(name, value.reveal()));
        settings.headers().keySet().forEach(headers::remove);
        headers.putAll(said.headers());
        byte[] body = attempt.operation() == Operation.CHAT
                ? DefaultParameters.into(said.body(), defaults.parameters())
                : said.body();
        return new UpstreamRequest(said.path(), headers, body);
    }

    RequestOptions options(AttemptRequest attempt, UpstreamRequest request) {
        RequestOptions options = endpoint.request(HttpMethod.POST, request.path())
                .putHeader("content-type", "application/json")
                .putHeader("accept", api.mediaType(attempt.stream()));
        attempt.headers().forEach(options::putHeader);
        request.headers().forEach(options::putHeader);
        String via = attempt.via();
        if (via != null && via.length() <= MAX_VIA && via.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            options.putHeader("via", via);
        }
        if (isSendable(attempt.requestId())) {
            options.putHeader("x-request-id", attempt.requestId());
        }
        return options;
    }

    /** Decides by a reply's head who reads its body. */
    ReplyReader readerFor(UpstreamHead head, AttemptRequest attempt, UsageTally tally, ReplyReader.Findings findings) {
        ErrorClassifier errors = api.errors();
        if (!head.accepted()) {
            String code = api.refusalCode(head);
            Long retryAfter = RetryAfter.millis(head.headers(), clock.epochMillis());
            boolean optional = api.mayLackEndpoint(attempt);
            return new RefusalReader(
                    limits.errorBytes(),
                    body -> optional && errors.endpointMissing(head.status(), body)
                            ? errors.noEndpoint(head.status(), body)
                            : errors.refusal(head.status(), code, body, retryAfter, clock.epochMillis()),
                    findings);
        }
        String unreadable = head.notReadableAs(api.mediaType(attempt.stream()));
        return unreadable == null
                ? api.reader(attempt, tally, findings)
                : new RefusalReader(limits.errorBytes(), body -> errors.insteadOfAnswer(body, unreadable), findings);
    }

    private static boolean isSendable(String requestId) {
        return !requestId.isEmpty()
                && requestId.length() <= MAX_REQUEST_ID
                && requestId.chars().allMatch(c -> c > ' ' && c <= '~');
    }

    @Override
    public void close() {
        closing = true;
        inFlight.forEach(HttpAttempt::closeTransport);
        clients.close();
    }
}
