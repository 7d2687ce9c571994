package dev.tierway.adapter.providers.google;

import dev.tierway.adapter.providers.GoogleSettings;
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
import org.jspecify.annotations.Nullable;

/** {@code generateContent} and {@code streamGenerateContent}, at either door, and embeddings. */
final class GeminiApi implements VendorApi {
    private final @Nullable GoogleSettings cloud;
    private final TransportLimits limits;
    private final WallClock clock;
    private final ErrorClassifier errors;
    private final Vendor vendor;
    private final ThoughtSignatures signatures = new ThoughtSignatures();
    private final RequestEncoder encoder;

    GeminiApi(ProviderSettings settings, TransportLimits limits, WallClock clock) {
        this.cloud = settings.google();
        this.limits = limits;
        this.clock = clock;
        this.errors = new ErrorClassifier(settings.redactor());
        this.vendor = Vendor.at(GoogleDoors.baseUrl(settings));
        this.encoder = new RequestEncoder(cloud == null, signatures);
    }

    @Override
    public boolean embeds() {
        return true;
    }

    @Override
    public UpstreamRequest request(AttemptRequest attempt) {
        String model = attempt.replica().upstreamModel();
        if (attempt.operation() == Operation.EMBEDDINGS) {
            String path = GoogleDoors.model(cloud, model);
            EmbeddingCodec.Method embedding = EmbeddingCodec.Method.of(cloud != null, model);
            return new UpstreamRequest(
                    path + embedding.suffix(),
                    EmbeddingCodec.encode(attempt.payload().embeddings(), embedding, path));
        }
        String method = attempt.stream() ? ":streamGenerateContent?alt=sse" : ":generateContent";
        return new UpstreamRequest(
                GoogleDoors.model(cloud, model) + method,
                encoder.encode(attempt.payload().chat(), model));
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
                    new EmbeddingCodec(attempt.replica().upstreamModel()),
                    tally,
                    errors,
                    findings);
        }
        GeminiDecoder decoder = new GeminiDecoder(
                attempt.requestId(), attempt.replica().upstreamModel(), clock.epochMillis() / 1000, signatures);
        return attempt.stream()
                ? new DecodedStreamReader(
                        ReplyShape.NEUTRAL, SseSplitter::new, limits.eventBytes(), decoder, tally, errors, findings)
                : new DecodedUnaryReader(ReplyShape.NEUTRAL, limits.bodyBytes(), decoder, tally, errors, findings);
    }

    @Override
    public ErrorClassifier errors() {
        return errors;
    }

    @Override
    public List<VendorLimit> limits(UpstreamHead head) {
        return LimitHeaders.read(head.headers(), vendor, clock.epochMillis());
    }
}
