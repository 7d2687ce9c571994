package dev.tierway.adapter.providers.cohere;

import dev.tierway.adapter.providers.ProviderSettings;
import dev.tierway.adapter.providers.http.SseSplitter;
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

/** Cohere's {@code /v2/chat}. */
final class CohereApi implements VendorApi {
    private final TransportLimits limits;
    private final WallClock clock;
    private final ErrorClassifier errors;

    CohereApi(ProviderSettings settings, TransportLimits limits, WallClock clock) {
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
                    "v2/embed",
                    CohereEmbeddings.encode(
                            attempt.payload().embeddings(), attempt.replica().upstreamModel()));
        }
        return new UpstreamRequest(
                "v2/chat",
                CohereRequestEncoder.encode(
                        attempt.payload().chat(), attempt.replica().upstreamModel(), attempt.stream()));
    }

    @Override
    public String mediaType(boolean stream) {
        return stream ? "text/event-stream" : "application/json";
    }

    @Override
    public ReplyReader reader(AttemptRequest attempt, UsageTally tally, ReplyReader.Findings findings) {
        if (attempt.operation() == Operation.EMBEDDINGS) {
            return new EmbeddingReader(
                    ReplyShape.NEUTRAL,
                    attempt.payload().embeddings().inputs().size(),
                    limits.bodyBytes(),
                    new CohereEmbeddings(attempt.replica().upstreamModel()),
                    tally,
                    errors,
                    findings);
        }
        long now = clock.epochMillis() / 1000;
        String model = attempt.replica().upstreamModel();
        return attempt.stream()
                ? new DecodedStreamReader(
                        ReplyShape.NEUTRAL,
                        SseSplitter::new,
                        limits.eventBytes(),
                        new CohereReplyDecoder(model, now),
                        tally,
                        errors,
                        findings)
                : new DecodedUnaryReader(
                        ReplyShape.NEUTRAL,
                        limits.bodyBytes(),
                        new CohereReplyDecoder(model, now),
                        tally,
                        errors,
                        findings);
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
