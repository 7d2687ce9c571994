package dev.tierway.adapter.providers.openai;

import dev.tierway.adapter.providers.Preset;
import dev.tierway.adapter.providers.Presets;
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
import dev.tierway.application.port.out.Payload;
import dev.tierway.application.port.out.WallClock;
import dev.tierway.application.port.out.WireFormat;
import dev.tierway.domain.quota.VendorLimit;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BinaryOperator;

/** OpenAI's chat completions, and those of its imitators. */
public final class OpenAiApi implements VendorApi {
    private static final String CHAT = "chat/completions";
    private static final String EMBEDDINGS = "embeddings";
    private static final Set<WireFormat> IMITATED = EnumSet.of(WireFormat.OPENAI_CHAT, WireFormat.OPENAI_EMBEDDINGS);
    private static final Set<WireFormat> EVERYTHING = EnumSet.of(
            WireFormat.OPENAI_CHAT,
            WireFormat.OPENAI_EMBEDDINGS,
            WireFormat.OPENAI_RESPONSES,
            WireFormat.OPENAI_COMPLETIONS);

    /** Servers that imitate OpenAI have its chat completions, not always these. */
    private static final Set<WireFormat> MAY_BE_MISSING =
            EnumSet.of(WireFormat.OPENAI_RESPONSES, WireFormat.OPENAI_COMPLETIONS);

    private final ProviderSettings settings;
    private final TransportLimits limits;
    private final WallClock clock;
    private final ErrorClassifier errors;
    private final Vendor vendor;
    private final BinaryOperator<String> paths;
    private final Set<WireFormat> spoken;
    private final ChatRequestEncoder encoder;

    OpenAiApi(ProviderSettings settings, OpenAiDialect dialect, TransportLimits limits, WallClock clock) {
        this(
                settings,
                dialect,
                limits,
                clock,
                vendor(settings),
                (endpoint, model) -> endpoint,
                dialect == OpenAiDialect.OPENAI ? EVERYTHING : IMITATED);
    }

    /** A preset's, wherever it is reached. */
    private static Vendor vendor(ProviderSettings settings) {
        Preset preset = Presets.find(settings.kind());
        return preset == null ? Vendor.at(settings.baseUrl()) : preset.limits();
    }

    private OpenAiApi(
            ProviderSettings settings,
            OpenAiDialect dialect,
            TransportLimits limits,
            WallClock clock,
            Vendor vendor,
            BinaryOperator<String> paths,
            Set<WireFormat> spoken) {
        this.settings = settings;
        this.limits = limits;
        this.clock = clock;
        this.errors = new ErrorClassifier(settings.redactor());
        this.vendor = vendor;
        this.paths = paths;
        this.spoken = spoken;
        this.encoder = new ChatRequestEncoder(dialect, settings.reportsUsage());
    }

    /**
     * OpenAI's own dialect at another vendor's paths.
     *
     * @param paths of an endpoint ({@code chat/completions}, {@code embeddings}) for a model, under the base URL
     */
    public static OpenAiApi at(
            ProviderSettings settings,
            TransportLimits limits,
            WallClock clock,
            Vendor vendor,
            BinaryOperator<String> paths) {
        return new OpenAiApi(settings, OpenAiDialect.OPENAI, limits, clock, vendor, paths, IMITATED);
    }

    @Override
    public UpstreamRequest request(AttemptRequest attempt) {
        String path = paths.apply(endpoint(attempt.payload()), attempt.replica().upstreamModel());
        return new UpstreamRequest(path, body(attempt));
    }

    private String endpoint(Payload payload) {
        if (payload instanceof Payload.Wire wire
                && spoken.contains(wire.request().format())) {
            return switch (wire.request().format()) {
                case OPENAI_CHAT -> CHAT;
                case OPENAI_RESPONSES -> "responses";
                case OPENAI_COMPLETIONS -> "completions";
                case OPENAI_EMBEDDINGS -> EMBEDDINGS;
                case ANTHROPIC_MESSAGES -> throw new IllegalStateException("OpenAI doesn't speak that");
            };
        }
        return switch (payload.operation()) {
            case CHAT -> CHAT;
            case EMBEDDINGS -> EMBEDDINGS;
        };
    }

    @Override
    public boolean embeds() {
        return true;
    }

    private byte[] body(AttemptRequest attempt) {
        String model = attempt.replica().upstreamModel();
        if (attempt.payload() instanceof Payload.Wire wire && shape(wire) == ReplyShape.WIRE) {
            boolean ours = wire.request().format() == WireFormat.OPENAI_RESPONSES;
            return wire.request().bodyFor(model, ours || settings.reportsUsage());
        }
        return switch (attempt.operation()) {
            case CHAT -> encoder.encode(attempt.payload().chat(), model, attempt.stream());
            case EMBEDDINGS -> EmbeddingRequestEncoder.encode(attempt.payload().embeddings(), model);
        };
    }

    private ReplyShape shape(Payload payload) {
        return payload instanceof Payload.Wire wire
                        && spoken.contains(wire.request().format())
                ? ReplyShape.WIRE
                : ReplyShape.NEUTRAL;
    }

    @Override
    public boolean mayLackEndpoint(AttemptRequest attempt) {
        return shape(attempt.payload()) == ReplyShape.WIRE
                && attempt.payload() instanceof Payload.Wire wire
                && MAY_BE_MISSING.contains(wire.request().format());
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
        if (shape == ReplyShape.WIRE
                && attempt.payload() instanceof Payload.Wire wire
                && wire.request().format() == WireFormat.OPENAI_RESPONSES) {
            return attempt.stream()
                    ? new DecodedStreamReader(
                            shape,
                            SseSplitter::new,
                            limits.eventBytes(),
                            new ResponsesDecoder(),
                            tally,
                            errors,
                            findings)
                    : new DecodedUnaryReader(
                            shape, limits.bodyBytes(), new ResponsesDecoder(), tally, errors, findings);
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
