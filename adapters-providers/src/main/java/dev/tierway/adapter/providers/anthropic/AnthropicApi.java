package dev.tierway.adapter.providers.anthropic;

import dev.tierway.adapter.providers.ProviderSettings;
import dev.tierway.adapter.providers.http.SseSplitter;
import dev.tierway.adapter.providers.http.TransportLimits;
import dev.tierway.adapter.providers.http.UpstreamHead;
import dev.tierway.adapter.providers.limits.LimitHeaders;
import dev.tierway.adapter.providers.limits.Vendor;
import dev.tierway.adapter.providers.wire.DecodedStreamReader;
import dev.tierway.adapter.providers.wire.DecodedUnaryReader;
import dev.tierway.adapter.providers.wire.ErrorClassifier;
import dev.tierway.adapter.providers.wire.ReplyReader;
import dev.tierway.adapter.providers.wire.ReplyShape;
import dev.tierway.adapter.providers.wire.UpstreamRequest;
import dev.tierway.adapter.providers.wire.UsageTally;
import dev.tierway.adapter.providers.wire.VendorApi;
import dev.tierway.application.port.out.AttemptRequest;
import dev.tierway.application.port.out.Payload;
import dev.tierway.application.port.out.WallClock;
import dev.tierway.application.port.out.WireFormat;
import dev.tierway.domain.quota.VendorLimit;
import java.util.List;
import java.util.Map;

/** Anthropic's Messages API. */
final class AnthropicApi implements VendorApi {
    /** Whose signatures its thinking carries, and whose members are sent as they are. */
    static final String VENDOR = "anthropic";

    private static final String VERSION = "anthropic-version";
    private static final String KNOWN_VERSION = "2023-06-01";

    private final TransportLimits limits;
    private final WallClock clock;
    private final ErrorClassifier errors;
    private final String path;
    private final Map<String, String> headers;

    /** @param path of the endpoint under the provider's base URL */
    AnthropicApi(ProviderSettings settings, String path, TransportLimits limits, WallClock clock) {
        this.limits = limits;
        this.clock = clock;
        this.errors = new ErrorClassifier(settings.redactor());
        this.path = path;
        this.headers = version(settings);
    }

    /** The header every request needs, unless the operator's headers have it. */
    static Map<String, String> version(ProviderSettings settings) {
        boolean given = settings.headers().keySet().stream().anyMatch(VERSION::equalsIgnoreCase);
        return given ? Map.of() : Map.of(VERSION, KNOWN_VERSION);
    }

    @Override
    public UpstreamRequest request(AttemptRequest attempt) {
        return new UpstreamRequest(path, headers, body(attempt));
    }

    private static byte[] body(AttemptRequest attempt) {
        String model = attempt.replica().upstreamModel();
        if (attempt.payload() instanceof Payload.Wire wire && shape(wire) == ReplyShape.WIRE) {
            return wire.request().bodyFor(model, false);
        }
        return MessagesRequestEncoder.encode(
                attempt.payload().chat(), model, attempt.modelMaxOutput(), attempt.stream());
    }

    private static ReplyShape shape(Payload payload) {
        return ReplyShape.of(payload, WireFormat.ANTHROPIC_MESSAGES);
    }

    @Override
    public String mediaType(boolean stream) {
        return stream ? "text/event-stream" : "application/json";
    }

    @Override
    public ReplyReader reader(AttemptRequest attempt, UsageTally tally, ReplyReader.Findings findings) {
        ReplyShape shape = shape(attempt.payload());
        MessagesDecoder decoder = new MessagesDecoder(tally, () -> clock.epochMillis() / 1000);
        return attempt.stream()
                ? new DecodedStreamReader(
                        shape, SseSplitter::new, limits.eventBytes(), decoder, tally, errors, findings)
                : new DecodedUnaryReader(shape, limits.bodyBytes(), decoder, tally, errors, findings);
    }

    @Override
    public ErrorClassifier errors() {
        return errors;
    }

    @Override
    public List<VendorLimit> limits(UpstreamHead head) {
        return LimitHeaders.read(head.headers(), Vendor.ANTHROPIC, clock.epochMillis());
    }
}
