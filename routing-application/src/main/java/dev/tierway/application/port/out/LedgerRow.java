package dev.tierway.application.port.out;

import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.money.TokenUsage;
import org.jspecify.annotations.Nullable;

/**
 * One attempt in the account book: failed, hedged and abandoned ones too.
 *
 * @param usage null: unknown
 * @param cost null: the price is unknown
 * @param failure null if it delivered
 * @param agent as the caller named it; null if it didn't
 */
public record LedgerRow(
        AttemptId attempt,
        String requestId,
        ReplicaId replica,
        ProviderId provider,
        ModelId model,
        long atEpochMillis,
        long durationNanos,
        @Nullable TokenUsage usage,
        @Nullable NanoUsd cost,
        @Nullable FailureClass failure,
        @Nullable String key,
        @Nullable String agent,
        @Nullable String workflow) {}
