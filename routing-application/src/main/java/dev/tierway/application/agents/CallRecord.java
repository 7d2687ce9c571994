package dev.tierway.application.agents;

import dev.tierway.application.chat.ChatRequest;
import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.explain.DecisionDocument;
import dev.tierway.domain.money.NanoUsd;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One call of an agent, by the account book: who answered it, or, if nobody did, who was tried last. Null is unknown, or not kept.
 *
 * @param at when its first attempt began
 * @param request null: requests aren't kept
 * @param reply kept if the call was a step whose checkpoint is kept
 * @param error the failure class of its last attempt; null if it was delivered, or nobody knows
 * @param success whether the caller got the whole answer
 * @param cost of all its attempts; null if one's is unknown
 * @param latency from the begin of the first attempt to the end of the last
 * @param attempts how many entered the book
 * @param selection its decision, as long as the log keeps it
 */
public record CallRecord(
        String callId,
        @Nullable String agent,
        @Nullable String workflow,
        String provider,
        String model,
        String replica,
        @Nullable ChatRequest request,
        @Nullable ChatResponse reply,
        @Nullable String error,
        Instant at,
        boolean success,
        @Nullable NanoUsd cost,
        Duration latency,
        int attempts,
        @Nullable DecisionDocument selection) {}
