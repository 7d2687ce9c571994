package dev.tierway.adapter.providers.openai;

import dev.tierway.adapter.providers.Preset;
import dev.tierway.adapter.providers.Presets;
import dev.tierway.adapter.providers.ProviderSettings;
import dev.tierway.adapter.providers.http.TransportLimits;
import dev.tierway.adapter.providers.http.UpstreamHead;
import dev.tierway.adapter.providers.limits.LimitHeaders;
import dev.tierway.adapter.providers.limits.Vendor;
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
import java.util.function.UnaryOperator;

/** OpenAI's chat completions, and those of its imitators. */
public final class OpenAiApi implements VendorApi {
    private final ProviderSettings settings;
    private final TransportLimits limits;
    private final WallClock clock;
    private final ErrorClassifier errors;
    private final Vendor vendor;
    private final UnaryOperator<String> path;
    private final ChatRequestEncoder encoder;

    OpenAiApi(ProviderSettings settings, OpenAiDialect dialect, TransportLimits limits, WallClock clock) {
        this(settings, dialect, limits, clock, vendor(settings), model -> "chat/completions");
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
            UnaryOperator<String> path) {
        this.settings = settings;
        this.limits = limits;
        this.clock = clock;
        this.errors = new ErrorClassifier(settings.redactor());
        this.vendor = vendor;
        this.path = path;
        this.encoder = new ChatRequestEncoder(dialect, settings.reportsUsage());
    }

    /**
     * OpenAI's own dialect at another vendor's paths.
     *
     * @param path of a model's chat completions, under the base URL
     */
    public static OpenAiApi at(
            ProviderSettings settings,
            TransportLimits limits,
            WallClock clock,
            Vendor vendor,
            UnaryOperator<String> path) {
        return new OpenAiApi(settings, OpenAiDialect.OPENAI, limits, clock, vendor, path);
    }

    @Override
    public UpstreamRequest request(AttemptRequest attempt) {
        return new UpstreamRequest(path.apply(attempt.replica().upstreamModel()), body(attempt));
    }

    private byte[] body(AttemptRequest attempt) {
        String model = attempt.replica().upstreamModel();
        if (attempt.payload() instanceof Payload.Wire wire && shape(wire) == ReplyShape.WIRE) {
            return wire.request().bodyFor(model, settings.reportsUsage());
        }
        return encoder.encode(attempt.payload().chat(), model, attempt.stream());
    }

    private static ReplyShape shape(Payload payload) {
        return ReplyShape.of(payload, WireFormat.OPENAI_CHAT);
    }

    @Override
    public String mediaType(boolean stream) {
        return stream ? "text/event-stream" : "application/json";
    }

    @Override
    public ReplyReader reader(AttemptRequest attempt, UsageTally tally, ReplyReader.Findings findings) {
        ReplyShape shape = shape(attempt.payload());
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
