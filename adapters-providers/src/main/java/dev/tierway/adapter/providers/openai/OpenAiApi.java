package dev.tierway.adapter.providers.openai;

import dev.tierway.adapter.providers.ProviderSettings;
import dev.tierway.adapter.providers.http.TransportLimits;
import dev.tierway.adapter.providers.http.UpstreamHead;
import dev.tierway.adapter.providers.limits.LimitHeaders;
import dev.tierway.adapter.providers.limits.Vendor;
import dev.tierway.adapter.providers.wire.EmbeddingReader;
import dev.tierway.adapter.providers.wire.ErrorClassifier;
import dev.tierway.adapter.providers.wire.ReplyReader;
import dev.tierway.adapter.providers.wire.ReplyShape;
import dev.tierway.adapter.providers.wire.UpstreamRequest;
import dev.tierway.adapter.providers.wire.UsageTally;
import dev.tierway.adapter.providers.wire.VendorApi;
import dev.tierway.application.port.out.AttemptRequest;
import dev.tierway.application.port.out.Operation;
import dev.tierway.application.port.out.Payload;
import dev.tierway.application.port.out.WallClock;
import dev.tierway.application.port.out.WireFormat;
import dev.tierway.domain.quota.VendorLimit;
import java.util.List;

/** OpenAI's chat completions, and those of its imitators. */
final class OpenAiApi implements VendorApi {
    private final ProviderSettings settings;
    private final TransportLimits limits;
    private final WallClock clock;
    private final ErrorClassifier errors;
    private final Vendor vendor;
    private final ChatRequestEncoder encoder;

    OpenAiApi(ProviderSettings settings, OpenAiDialect dialect, TransportLimits limits, WallClock clock) {
        this.settings = settings;
        this.limits = limits;
        this.clock = clock;
        this.errors = new ErrorClassifier(settings.redactor());
        this.vendor = Vendor.at(settings.baseUrl());
        this.encoder = new ChatRequestEncoder(dialect, settings.reportsUsage());
    }

    @Override
    public UpstreamRequest request(AttemptRequest attempt) {
        return new UpstreamRequest(path(attempt.operation()), body(attempt));
    }

    private static String path(Operation operation) {
        return switch (operation) {
            case CHAT -> "chat/completions";
            case EMBEDDINGS -> "embeddings";
        };
    }

    @Override
    public boolean embeds() {
        return true;
    }

    private byte[] body(AttemptRequest attempt) {
        String model = attempt.replica().upstreamModel();
        if (attempt.payload() instanceof Payload.Wire wire && shape(wire) == ReplyShape.WIRE) {
            return wire.request().bodyFor(model, settings.reportsUsage());
        }
        return switch (attempt.operation()) {
            case CHAT -> encoder.encode(attempt.payload().chat(), model, attempt.stream());
            case EMBEDDINGS -> EmbeddingRequestEncoder.encode(attempt.payload().embeddings(), model);
        };
    }

    private static ReplyShape shape(Payload payload) {
        return ReplyShape.of(
                payload,
                switch (payload.operation()) {
                    case CHAT -> WireFormat.OPENAI_CHAT;
                    case EMBEDDINGS -> WireFormat.OPENAI_EMBEDDINGS;
                });
    }

    @Override
    public String mediaType(boolean stream) {
        return stream ? "text/event-stream" : "application/json";
    }

    @Override
    public ReplyReader reader(AttemptRequest attempt, UsageTally tally, ReplyReader.Findings findings) {
        ReplyShape shape = shape(attempt.payload());
        if (attempt.operation() == Operation.EMBEDDINGS) {
            boolean wire = shape == ReplyShape.WIRE;
            int texts = wire ? 0 : attempt.payload().embeddings().inputs().size();
            EmbeddingsDecoder decoder = new EmbeddingsDecoder(!wire);
            return new EmbeddingReader(shape, texts, limits.bodyBytes(), decoder, tally, errors, findings);
        }
        return attempt.stream()
                ? new StreamReader(shape, limits.eventBytes(), tally, errors, findings)
                : new UnaryReader(shape, limits.bodyBytes(), tally, errors, findings);
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
