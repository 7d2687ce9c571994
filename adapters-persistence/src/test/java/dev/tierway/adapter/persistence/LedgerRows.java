package dev.tierway.adapter.persistence;

import dev.tierway.application.port.out.AttemptOutcome;
import dev.tierway.application.port.out.LedgerRow;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.money.TokenUsage;
import java.util.Map;

/** Rows for tests. */
public final class LedgerRows {
    public static final long AT = 1_700_000_000_000L;

    private LedgerRows() {}

    /** Everything known. */
    public static LedgerRow full(int n) {
        return new LedgerRow(
                new AttemptId("call-" + n, 2),
                true,
                new LedgerRow.Served(
                        new ReplicaId("gpu-box/hf.co/org/model"),
                        new ProviderId("gpu-box"),
                        new ModelId("llama-3.3-70b"),
                        ModelTier.MID),
                new LedgerRow.Origin(
                        "request-" + n,
                        "code",
                        "search-team",
                        "agent-7",
                        "nightly",
                        "ann",
                        "s-1",
                        Map.of("team", "search", "o'dd \"name\"", "x\ny=%_\\")),
                new LedgerRow.Timing(AT + n - 123, AT + n, 23_456_789L, 123_456_789L),
                new LedgerRow.Charge(
                        new TokenUsage(1830, 30, 20, 10, 7, 96, 6, 5, 4, TokenUsage.Counted.REPORTED),
                        new NanoUsd(5_535_000),
                        "2026-11"),
                AttemptOutcome.DELIVERED,
                null);
    }

    /** Nothing known that needn't be. */
    public static LedgerRow bare(int n) {
        return ended(n, AttemptOutcome.UNKNOWN, null);
    }

    public static LedgerRow ended(int n, AttemptOutcome outcome, FailureClass failure) {
        return new LedgerRow(
                new AttemptId("call-" + n, 1),
                true,
                new LedgerRow.Served(new ReplicaId("a/b"), new ProviderId("a"), new ModelId("b"), null),
                new LedgerRow.Origin("request-" + n, null, null, null, null, null, null, Map.of()),
                new LedgerRow.Timing(AT + n, AT + n, null, null),
                new LedgerRow.Charge(null, null, null),
                outcome,
                failure);
    }

    public static LedgerRow endedAt(LedgerRow row, long epochMillis) {
        return new LedgerRow(
                row.attempt(),
                row.first(),
                row.served(),
                row.origin(),
                new LedgerRow.Timing(
                        row.timing().startEpochMillis(),
                        epochMillis,
                        row.timing().firstTokenNanos(),
                        row.timing().durationNanos()),
                row.charge(),
                row.outcome(),
                row.failure());
    }

    public static LedgerRow attempt(LedgerRow row, String call, int n) {
        return new LedgerRow(
                new AttemptId(call, n),
                n == 1,
                row.served(),
                row.origin(),
                row.timing(),
                row.charge(),
                row.outcome(),
                row.failure());
    }
}
