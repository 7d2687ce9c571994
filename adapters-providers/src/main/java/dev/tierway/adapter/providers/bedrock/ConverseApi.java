package dev.tierway.adapter.providers.bedrock;

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
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Bedrock Runtime's Converse and ConverseStream, and InvokeModel for embeddings. Bedrock itself tells nothing of limits; a proxy before it may. */
final class ConverseApi implements VendorApi {
    /** Whose signatures and words these are. */
    static final String VENDOR = "bedrock";

    private static final String ERROR_TYPE = "x-amzn-errortype";

    private final TransportLimits limits;
    private final WallClock clock;
    private final ErrorClassifier errors;

    ConverseApi(TransportLimits limits, WallClock clock, ErrorClassifier errors) {
        this.limits = limits;
        this.clock = clock;
        this.errors = errors;
    }

    @Override
    public boolean embeds() {
        return true;
    }

    @Override
    public UpstreamRequest request(AttemptRequest attempt) {
        String model = attempt.replica().upstreamModel();
        if (attempt.operation() == Operation.EMBEDDINGS) {
            return new UpstreamRequest(
                    ModelPath.invoke(model),
                    InvokedEmbeddings.encode(attempt.payload().embeddings(), model));
        }
        return new UpstreamRequest(
                ModelPath.of(model, attempt.stream()),
                ConverseRequestEncoder.encode(attempt.payload().chat(), model));
    }

    @Override
    public String mediaType(boolean stream) {
        return stream ? "application/vnd.amazon.eventstream" : "application/json";
    }

    @Override
    public ReplyReader reader(AttemptRequest attempt, UsageTally tally, ReplyReader.Findings findings) {
        if (attempt.operation() == Operation.EMBEDDINGS) {
            return new EmbeddingReader(
                    ReplyShape.NEUTRAL,
                    attempt.payload().embeddings().inputs().size(),
                    limits.bodyBytes(),
                    new InvokedEmbeddings(attempt.replica().upstreamModel()),
                    tally,
                    errors,
                    findings);
        }
        ConverseDecoder decoder = new ConverseDecoder(new ReplyNames(
                "bedrock-" + attempt.requestId(), attempt.replica().upstreamModel(), clock.epochMillis() / 1000));
        return attempt.stream()
                ? new DecodedStreamReader(
                        ReplyShape.NEUTRAL,
                        EventStreamSplitter::new,
                        limits.eventBytes(),
                        decoder,
                        tally,
                        errors,
                        findings)
                : new DecodedUnaryReader(ReplyShape.NEUTRAL, limits.bodyBytes(), decoder, tally, errors, findings);
    }

    @Override
    public ErrorClassifier errors() {
        return errors;
    }

    /** {@code ThrottlingException:http://internal.amazon.com/…}: what follows the colon is nobody's business. */
    @Override
    public @Nullable String refusalCode(UpstreamHead head) {
        String type = head.headers().get(ERROR_TYPE);
        if (type == null) {
            return null;
        }
        int colon = type.indexOf(':');
        String bare = colon < 0 ? type : type.substring(0, colon);
        return bare.substring(bare.indexOf('#') + 1).strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<VendorLimit> limits(UpstreamHead head) {
        return LimitHeaders.read(head.headers(), Vendor.OTHER, clock.epochMillis());
    }
}
