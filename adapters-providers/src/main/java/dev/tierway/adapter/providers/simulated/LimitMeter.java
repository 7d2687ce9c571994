package dev.tierway.adapter.providers.simulated;

import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.quota.Limit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts a simulated vendor's limits: buckets that fill up again all the time, as vendors describe theirs. */
final class LimitMeter {
    private static final int TOO_MANY_REQUESTS = 429;

    private final SimulatedLimits limits;
    private final List<Bucket> buckets = new ArrayList<>();

    /** What is left of one limit. */
    record Level(Limit limit, long remaining, long wholeInNanos) {}

    /**
     * What a request came to.
     *
     * @param headers lines that tell what is left
     * @param refusal null: it may pass
     */
    record Metered(List<String> headers, @Nullable ScriptedFault refusal) {
        static final Metered UNLIMITED = new Metered(List.of(), null);
    }

    LimitMeter(SimulatedLimits limits, long nowNanos) {
        this.limits = limits;
        limits.limits().forEach(limit -> buckets.add(new Bucket(limit, nowNanos)));
    }

    /** Takes the request from every limit, or from none. */
    synchronized Metered charge(TokenUsage usage, long request, long nowNanos, long epochMillis) {
        long waitNanos = 0;
        for (Bucket bucket : buckets) {
            bucket.fill(nowNanos);
            waitNanos = Math.max(waitNanos, bucket.waitNanos(bucket.need(usage)));
        }
        if (waitNanos == 0) {
            buckets.forEach(bucket -> bucket.left -= bucket.need(usage));
        }
        List<Level> levels = buckets.stream().map(Bucket::level).toList();
        List<String> headers = LimitLines.of(limits.style(), levels, request, epochMillis);
        if (waitNanos == 0) {
            return new Metered(headers, null);
        }
        ScriptedFault refusal = ScriptedFault.status(TOO_MANY_REQUESTS)
                .header("retry-after", String.valueOf(Math.ceilDiv(waitNanos, LimitLines.SECOND)));
        for (String line : headers) {
            int colon = line.indexOf(':');
            refusal = refusal.header(
                    line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return new Metered(headers, refusal);
    }

    private static final class Bucket {
        private final Limit limit;
        private double left;
        private long filledNanos;

        Bucket(Limit limit, long nowNanos) {
            this.limit = limit;
            this.left = limit.burst();
            this.filledNanos = nowNanos;
        }

        long need(TokenUsage usage) {
            return switch (limit.dimension()) {
                case REQUESTS -> 1;
                case TOKENS -> usage.input() + usage.output();
                case INPUT_TOKENS -> usage.input();
                case OUTPUT_TOKENS -> usage.output();
                case CONCURRENCY, MONEY -> 0;
            };
        }

        void fill(long nowNanos) {
            left = Math.min(
                    limit.burst(),
                    left
                            + (double) (nowNanos - filledNanos)
                                    * limit.amount()
                                    / limit.window().toNanos());
            filledNanos = nowNanos;
        }

        /** Until that much is left; what never fits waits for a whole window. */
        long waitNanos(long need) {
            if (need <= left) {
                return 0;
            }
            return need > limit.burst() ? limit.window().toNanos() : Math.max(1, nanos(need - left));
        }

        Level level() {
            return new Level(limit, (long) left, nanos(limit.burst() - left));
        }

        private long nanos(double missing) {
            return (long) Math.ceil(missing * limit.window().toNanos() / limit.amount());
        }
    }
}
