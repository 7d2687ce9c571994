package dev.tierway.application.port.out;

import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.quota.Amounts;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One attempt in the account book: failed, hedged and abandoned ones too.
 *
 * @param first whether it is the first of its call to enter the book: calls are counted by it, once each
 * @param failure null if it didn't fail, or nobody knows
 */
public record LedgerRow(
        AttemptId attempt,
        boolean first,
        Served served,
        Origin origin,
        Timing timing,
        Charge charge,
        AttemptOutcome outcome,
        @Nullable FailureClass failure) {

    /**
     * Where it went.
     *
     * @param tier null in rows from before it was recorded, or of unknown outcome
     */
    public record Served(
            ReplicaId replica,
            ProviderId provider,
            ModelId model,
            @Nullable ModelTier tier) {}

    /**
     * Who asked, and for what; null is what nobody said.
     *
     * @param requestId the client's or ours
     * @param useCase null if a model or replica was named
     * @param key the caller's API key by id
     * @param tags in the order of their names
     */
    public record Origin(
            String requestId,
            @Nullable String useCase,
            @Nullable String key,
            @Nullable String agent,
            @Nullable String workflow,
            @Nullable String user,
            @Nullable String session,
            Map<String, String> tags) {
        public Origin {
            tags = tags.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(tags));
        }
    }

    /**
     * When.
     *
     * @param startEpochMillis when the request left; if it never did, when it was given up
     * @param endEpochMillis when it entered the book: queries and totals go by this, so that what they say of a time that
     *     is over never changes
     * @param firstTokenNanos from leaving to the first token of a stream; null if none came, or it was no stream
     * @param durationNanos from leaving to the end; null if it never left, or nobody knows
     */
    public record Timing(
            long startEpochMillis,
            long endEpochMillis,
            @Nullable Long firstTokenNanos,
            @Nullable Long durationNanos) {}

    /**
     * What it used up.
     *
     * @param usage null: unknown
     * @param cost null: unknown, because the usage or the price is
     * @param priceVersion which price list the cost is by; null if it is by none
     */
    public record Charge(
            @Nullable TokenUsage usage,
            @Nullable NanoUsd cost,
            @Nullable String priceVersion) {}

    /**
     * An attempt whose end nobody saw: what was reserved for it stays charged, and is all that is known.
     *
     * @param nowEpochMillis when it was given up
     */
    public static LedgerRow ofUnknownOutcome(AttemptMemo memo, long nowEpochMillis, Amounts reserved) {
        // Nothing was reserved where nobody knew the price: that is no price of 0.
        NanoUsd cost = reserved.cost().value() == 0 ? null : reserved.cost();
        return new LedgerRow(
                memo.attempt(),
                memo.attempt().n() == 1,
                new Served(memo.replica(), memo.provider(), memo.model(), null),
                new Origin(
                        memo.requestId(),
                        null,
                        memo.key(),
                        memo.agent(),
                        memo.workflow(),
                        memo.user(),
                        null,
                        memo.tags()),
                new Timing(memo.atEpochMillis(), nowEpochMillis, null, null),
                new Charge(
                        TokenUsage.estimated(reserved.inputTokens(), reserved.outputTokens()),
                        cost,
                        memo.priceVersion()),
                AttemptOutcome.UNKNOWN,
                null);
    }

    public ReplicaId replica() {
        return served.replica();
    }

    public ProviderId provider() {
        return served.provider();
    }

    public ModelId model() {
        return served.model();
    }

    /** Null: unknown. */
    public @Nullable TokenUsage usage() {
        return charge.usage();
    }

    /** Null: unknown. */
    public @Nullable NanoUsd cost() {
        return charge.cost();
    }
}
