package dev.tierway.adapter.providers.ollama;

import dev.tierway.adapter.providers.ProviderSettings;
import dev.tierway.adapter.providers.http.LineSplitter;
import dev.tierway.adapter.providers.http.TransportLimits;
import dev.tierway.adapter.providers.http.UpstreamHead;
import dev.tierway.adapter.providers.limits.LimitHeaders;
import dev.tierway.adapter.providers.limits.Vendor;
import dev.tierway.adapter.providers.wire.DecodedStreamReader;
import dev.tierway.adapter.providers.wire.DecodedUnaryReader;
import dev.tierway.adapter.providers.wire.EmbeddingReader;
import dev.tierway.adapter.providers.wire.ErrorClassifier;
import dev.tierway.adapter.providers.wire.ReplyReader;
import dev.tierway.adapter.providers.wire.ReplyShape;
import dev.tierway.adapter.providers.wire.UpstreamRequest;
import dev.tierway.adapter.providers.wire.UsageTally;
import dev.tierway.adapter.providers.wire.VendorApi;
import dev.tierway.application.port.out.AttemptRequest;
import dev.tierway.application.port.out.Operation;
import dev.tierway.application.port.out.WallClock;
import dev.tierway.domain.quota.VendorLimit;
import java.util.List;

/** Ollama's {@code /api/chat}: whole answers as JSON, streams as one JSON object a line. */
final class OllamaApi implements VendorApi {
    private final TransportLimits limits;
    private final WallClock clock;
    private final ErrorClassifier errors;

    OllamaApi(ProviderSettings settings, TransportLimits limits, WallClock clock) {
        this.limits = limits;
        this.clock = clock;
        this.errors = new ErrorClassifier(settings.redactor());
    }

    @Override
    public boolean embeds() {
        return true;
    }

    @Override
    public UpstreamRequest request(AttemptRequest attempt) {
        if (attempt.operation() == Operation.EMBEDDINGS) {
            return new UpstreamRequest(
                    "api/embed",
                    OllamaEmbeddings.encode(
                            attempt.payload().embeddings(), attempt.replica().upstreamModel()));
        }
        return new UpstreamRequest(
                "api/chat",
                OllamaRequestEncoder.encode(
                        attempt.payload().chat(), attempt.replica().upstreamModel(), attempt.stream()));
    }

    @Override
    public String mediaType(boolean stream) {
        return stream ? "application/x-ndjson" : "application/json";
    }

    @Override
    public ReplyReader reader(AttemptRequest attempt, UsageTally tally, ReplyReader.Findings findings) {
        if (attempt.operation() == Operation.EMBEDDINGS) {
            return new EmbeddingReader(
                    ReplyShape.NEUTRAL,
                    attempt.payload().embeddings().inputs().size(),
                    limits.bodyBytes(),
                    new OllamaEmbeddings(),
                    tally,
                    errors,
                    findings);
        }
        OllamaReplyDecoder decoder = new OllamaReplyDecoder(attempt.attempt().toString());
        return attempt.stream()
                ? new DecodedStreamReader(
                        ReplyShape.NEUTRAL, LineSplitter::new, limits.eventBytes(), decoder, tally, errors, findings)
                : new DecodedUnaryReader(ReplyShape.NEUTRAL, limits.bodyBytes(), decoder, tally, errors, findings);
    }

    @Override
    public ErrorClassifier errors() {
        return errors;
    }

    @Override
    public List<VendorLimit> limits(UpstreamHead head) {
        return LimitHeaders.read(head.headers(), Vendor.OTHER, clock.epochMillis());
    }
}
