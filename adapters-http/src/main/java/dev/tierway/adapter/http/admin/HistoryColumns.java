package dev.tierway.adapter.http.admin;

import dev.tierway.adapter.http.server.Json;
import dev.tierway.application.port.out.LedgerRow;
import dev.tierway.application.port.out.LedgerTotals;
import dev.tierway.domain.catalogue.ModelTier;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.money.TokenUsage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of the ledger and their sums as people and programs read them: the same members in JSON and in CSV. Unknown is null. */
final class HistoryColumns {
    static final List<String> NAMES = List.of(
            "call",
            "attempt",
            "request_id",
            "started_at",
            "ended_at",
            "outcome",
            "class",
            "replica",
            "provider",
            "model",
            "tier",
            "use_case",
            "key",
            "agent",
            "workflow",
            "user",
            "session",
            "tags",
            "input_tokens",
            "cached_input_tokens",
            "cache_write_tokens",
            "audio_input_tokens",
            "image_input_tokens",
            "output_tokens",
            "reasoning_tokens",
            "audio_output_tokens",
            "image_output_tokens",
            "usage",
            "cost_usd",
            "price_version",
            "first_token_ms",
            "duration_ms");

    private HistoryColumns() {}

    static Map<String, @Nullable Object> json(LedgerRow row) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        for (String name : NAMES) {
            json.put(name, value(row, name));
        }
        return json;
    }

    static String csv(LedgerRow row) {
        return Csv.line(NAMES.stream()
                .map(name -> {
                    Object value = value(row, name);
                    return value instanceof Map<?, ?> tags ? text(tags) : value == null ? "" : value;
                })
                .toList());
    }

    private static Object text(Map<?, ?> tags) {
        return tags.isEmpty() ? "" : new String(Json.bytes(tags), StandardCharsets.UTF_8);
    }

    private static @Nullable Object value(LedgerRow row, String name) {
        TokenUsage usage = row.usage();
        NanoUsd cost = row.cost();
        ModelTier tier = row.served().tier();
        FailureClass failure = row.failure();
        return switch (name) {
            case "call" -> row.attempt().callId();
            case "attempt" -> row.attempt().n();
            case "request_id" -> row.origin().requestId();
            case "started_at" -> time(row.timing().startEpochMillis());
            case "ended_at" -> time(row.timing().endEpochMillis());
            case "outcome" -> row.outcome().id();
            case "class" -> failure == null ? null : failure.id();
            case "replica" -> row.replica().value();
            case "provider" -> row.provider().value();
            case "model" -> row.model().value();
            case "tier" -> tier == null ? null : tier.id();
            case "use_case" -> row.origin().useCase();
            case "key" -> row.origin().key();
            case "agent" -> row.origin().agent();
            case "workflow" -> row.origin().workflow();
            case "user" -> row.origin().user();
            case "session" -> row.origin().session();
            case "tags" -> row.origin().tags();
            case "cost_usd" -> cost == null ? null : cost.toDecimalString();
            case "price_version" -> row.charge().priceVersion();
            case "first_token_ms" -> millis(row.timing().firstTokenNanos());
            case "duration_ms" -> millis(row.timing().durationNanos());
            case "usage" -> usage == null ? null : usage.how().name().toLowerCase(Locale.ROOT);
            default -> usage == null ? null : (Object) tokens(usage).get(name);
        };
    }

    /** All input and all output, then the parts of each that are told apart. */
    private static Map<String, Long> tokens(TokenUsage usage) {
        Map<String, Long> tokens = new LinkedHashMap<>();
        tokens.put("input_tokens", usage.input());
        tokens.put("cached_input_tokens", usage.cachedInput());
        tokens.put("cache_write_tokens", usage.cacheWrite());
        tokens.put("audio_input_tokens", usage.audioInput());
        tokens.put("image_input_tokens", usage.imageInput());
        tokens.put("output_tokens", usage.output());
        tokens.put("reasoning_tokens", usage.reasoning());
        tokens.put("audio_output_tokens", usage.audioOutput());
        tokens.put("image_output_tokens", usage.imageOutput());
        return tokens;
    }

    static Map<String, Object> json(LedgerTotals.Totals totals) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("calls", totals.calls());
        json.put("attempts", totals.allAttempts());
        totals.attempts().forEach((outcome, count) -> json.put(outcome.id(), count));
        json.putAll(tokens(totals.tokens()));
        json.put("estimated_attempts", totals.estimated());
        json.put("uncounted_attempts", totals.uncounted());
        json.put("cost_usd", totals.cost().toDecimalString());
        json.put("unpriced_attempts", totals.unpriced());
        return json;
    }

    private static String time(long epochMillis) {
        return Instant.ofEpochMilli(epochMillis).toString();
    }

    /** To a microsecond. */
    private static @Nullable Double millis(@Nullable Long nanos) {
        return nanos == null ? null : (Double) (Math.rint(nanos / 1000.0) / 1000);
    }
}
