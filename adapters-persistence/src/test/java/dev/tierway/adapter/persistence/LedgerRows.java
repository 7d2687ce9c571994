package dev.tierway.adapter.persistence;

import dev.tierway.application.port.out.LedgerRow;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.money.TokenUsage;

/** Rows for tests. */
public final class LedgerRows {
    private LedgerRows() {}

    /** Everything known. */
    public static LedgerRow full(int n) {
        return new LedgerRow(
                new AttemptId("call-" + n, 2),
                "request-" + n,
                new ReplicaId("gpu-box/hf.co/org/model"),
                new ProviderId("gpu-box"),
                new ModelId("llama-3.3-70b"),
                1_700_000_000_000L + n,
                123_456_789,
                new TokenUsage(1830, 30, 20, 96, 6, TokenUsage.Counted.REPORTED),
                new NanoUsd(5_535_000),
                null,
                "search-team",
                "agent-7",
                "nightly");
    }

    /** Nothing known that needn't be. */
    public static LedgerRow bare(int n) {
        return failed(n, null);
    }

    public static LedgerRow failed(int n, FailureClass failure) {
        return new LedgerRow(
                new AttemptId("call-" + n, 1),
                "request-" + n,
                new ReplicaId("a/b"),
                new ProviderId("a"),
                new ModelId("b"),
                1_700_000_000_000L + n,
                0,
                null,
                null,
                failure,
                null,
                null,
                null);
    }
}
