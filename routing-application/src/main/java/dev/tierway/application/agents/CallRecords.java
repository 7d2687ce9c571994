package dev.tierway.application.agents;

import dev.tierway.application.chat.ChatResponse;
import dev.tierway.application.explain.DecisionDocument;
import dev.tierway.application.port.out.AttemptOutcome;
import dev.tierway.application.port.out.CallLedger;
import dev.tierway.application.port.out.DecisionLog;
import dev.tierway.application.port.out.LedgerCursor;
import dev.tierway.application.port.out.LedgerField;
import dev.tierway.application.port.out.LedgerQuery;
import dev.tierway.application.port.out.LedgerRow;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.money.NanoUsd;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Makes calls of the account book's attempts, and finds what else is kept of them. */
final class CallRecords {
    /** A call with more attempts than that is looked up by itself, not here. */
    private static final int ROWS_PER_CALL = 4;

    private final CallLedger ledger;
    private final DecisionLog decisions;
    private final KeptReplies replies;

    CallRecords(CallLedger ledger, DecisionLog decisions, KeptReplies replies) {
        this.ledger = ledger;
        this.decisions = decisions;
        this.replies = replies;
    }

    /** The newest calls of an agent, the newest first. */
    CompletionStage<List<CallRecord>> of(String agent, int limit) {
        LedgerQuery query = LedgerQuery.ALL.where(LedgerField.AGENT, agent);
        return ledger.query(query, limit * ROWS_PER_CALL, LedgerCursor.NEWEST).thenCompose(page -> {
            Map<String, List<LedgerRow>> calls = new LinkedHashMap<>();
            for (LedgerRow row : page.rows()) {
                calls.computeIfAbsent(row.attempt().callId(), id -> new ArrayList<>())
                        .add(row);
            }
            return inTurn(calls.values().stream().limit(limit).toList());
        });
    }

    private CompletionStage<List<CallRecord>> inTurn(List<List<LedgerRow>> calls) {
        CompletionStage<List<CallRecord>> all = CompletableFuture.completedStage(new ArrayList<>());
        for (List<LedgerRow> call : calls) {
            all = all.thenCombine(record(call), (records, record) -> {
                records.add(record);
                return records;
            });
        }
        return all.thenApply(List::copyOf);
    }

    private CompletionStage<CallRecord> record(List<LedgerRow> rows) {
        LedgerRow last = rows.stream()
                .max(Comparator.comparing((LedgerRow row) -> row.outcome() == AttemptOutcome.DELIVERED)
                        .thenComparingInt(row -> row.attempt().n()))
                .orElseThrow();
        return decisions
                .find(last.attempt().callId(), false)
                .thenCombine(
                        replies.of(last.origin(), last.attempt().callId()),
                        (decision, reply) -> record(rows, last, decision, reply));
    }

    private static CallRecord record(
            List<LedgerRow> rows, LedgerRow last, Optional<DecisionDocument> decision, Optional<ChatResponse> reply) {
        long began = Long.MAX_VALUE;
        long ended = Long.MIN_VALUE;
        NanoUsd cost = NanoUsd.ZERO;
        for (LedgerRow row : rows) {
            began = Math.min(began, row.timing().startEpochMillis());
            ended = Math.max(ended, row.timing().endEpochMillis());
            NanoUsd own = row.cost();
            cost = cost == null || own == null ? null : cost.plus(own);
        }
        FailureClass failure = last.failure();
        return new CallRecord(
                last.attempt().callId(),
                last.origin().agent(),
                last.origin().workflow(),
                last.provider().value(),
                last.model().value(),
                last.replica().value(),
                null,
                reply.orElse(null),
                failure == null ? null : failure.id(),
                Instant.ofEpochMilli(began),
                last.outcome() == AttemptOutcome.DELIVERED,
                cost,
                Duration.ofMillis(Math.max(0, ended - began)),
                rows.size(),
                decision.orElse(null));
    }

    /** Where answers of steps are kept. */
    interface KeptReplies {
        KeptReplies NONE = (origin, callId) -> CompletableFuture.completedStage(Optional.empty());

        CompletionStage<Optional<ChatResponse>> of(LedgerRow.Origin origin, String callId);
    }
}
