package dev.tierway.adapter.http.admin;

import dev.tierway.application.port.in.LimitStatus;
import dev.tierway.application.port.in.LimitsStatus;
import dev.tierway.application.port.in.QueryLimits;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Always the same limits. */
public record FakeLimits(LimitsStatus status) implements QueryLimits {
    public static final FakeLimits NONE = new FakeLimits(new LimitsStatus(List.of(), 0, 0.8, null));

    static final FakeLimits ONE_BUDGET = new FakeLimits(new LimitsStatus(
            List.of(new LimitStatus(
                    "each-agent",
                    "agent",
                    null,
                    "search-team",
                    "bot",
                    false,
                    "usd",
                    null,
                    null,
                    null,
                    "10",
                    "9",
                    "1",
                    0.9,
                    null,
                    "day",
                    "2026-11-21T00:00:00Z",
                    true,
                    "warning",
                    2.6)),
            3,
            0.8,
            null));

    @Override
    public CompletionStage<LimitsStatus> limits() {
        return CompletableFuture.completedStage(status);
    }
}
