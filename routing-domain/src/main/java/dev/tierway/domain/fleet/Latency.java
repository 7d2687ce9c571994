package dev.tierway.domain.fleet;

import dev.tierway.domain.catalogue.UnmeasuredSettings;
import org.jspecify.annotations.Nullable;

/**
 * How slow a replica is, as ratios to what its model takes: 1 is as expected.
 *
 * @param ttft null: never measured
 * @param token null: never measured
 */
public record Latency(@Nullable PeakEwma ttft, @Nullable PeakEwma token) {
    public static final Latency UNMEASURED = new Latency(null, null);

    public boolean measured() {
        return ttft != null;
    }

    /** The same as {@link #ttftNanos}; NaN if never measured. */
    public double ttftOrNaN(ModelState model, UnmeasuredSettings unmeasured, double inputTokens, long nowNanos) {
        return ttft == null ? Double.NaN : ttft.at(nowNanos) * model.expectedTtftNanos(inputTokens, unmeasured);
    }

    /** The same as {@link #tokenNanos}; NaN if never measured. */
    public double tokenOrNaN(ModelState model, UnmeasuredSettings unmeasured, long nowNanos) {
        return token == null ? Double.NaN : token.at(nowNanos) * model.expectedTokenNanos(unmeasured);
    }

    /** Expected nanoseconds to the first token; null if never measured. */
    public @Nullable Double ttftNanos(
            ModelState model, UnmeasuredSettings unmeasured, double inputTokens, long nowNanos) {
        return ttft == null ? null : ttft.at(nowNanos) * model.expectedTtftNanos(inputTokens, unmeasured);
    }

    /** Expected nanoseconds per output token; null if never measured. */
    public @Nullable Double tokenNanos(ModelState model, UnmeasuredSettings unmeasured, long nowNanos) {
        return token == null ? null : token.at(nowNanos) * model.expectedTokenNanos(unmeasured);
    }

    Latency measured(double ttftRatio, double tokenRatio, long nowNanos) {
        return new Latency(
                moved(ttft, ttftRatio, nowNanos), tokenRatio > 0 ? moved(token, tokenRatio, nowNanos) : token);
    }

    /** A failure or cancellation that waited longer than expected raises the estimate; a fast one never lowers it. */
    Latency waited(double ttftRatio, long nowNanos) {
        if (ttft == null) {
            return ttftRatio > 1 ? new Latency(new PeakEwma(ttftRatio, nowNanos), token) : this;
        }
        return new Latency(ttft.atLeast(ttftRatio, nowNanos), token);
    }

    private static PeakEwma moved(@Nullable PeakEwma old, double sample, long nowNanos) {
        return old == null ? new PeakEwma(sample, nowNanos) : old.plus(sample, nowNanos);
    }
}
