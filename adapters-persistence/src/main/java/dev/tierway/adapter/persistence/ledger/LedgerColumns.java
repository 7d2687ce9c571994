package dev.tierway.adapter.persistence.ledger;

import dev.tierway.adapter.persistence.StoreException;
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
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A row of the ledger as columns, in a fixed order. */
public final class LedgerColumns {
    /** What a duration nobody knows is written as: the column is older than attempts without one. */
    private static final long UNKNOWN_DURATION = -1;

    private static final List<String> NAMES = List.of(
            "call",
            "attempt",
            "first_of_call",
            "request",
            "replica",
            "provider",
            "model",
            "tier",
            "use_case",
            "key",
            "agent",
            "workflow",
            "user_name",
            "session",
            "tags",
            "started",
            "at",
            "first_token_nanos",
            "duration_nanos",
            "input",
            "cached_input",
            "cache_write",
            "audio_input",
            "image_input",
            "output",
            "reasoning",
            "audio_output",
            "image_output",
            "counted",
            "cost_nano_usd",
            "price_version",
            "outcome",
            "failure");

    /** For {@code SELECT} and {@code INSERT}. */
    public static final String ALL = String.join(", ", NAMES);

    /** As many question marks. */
    public static final String PARAMETERS =
            String.join(", ", NAMES.stream().map(name -> "?").toList());

    private LedgerColumns() {}

    /** Sets every parameter, from the first on. */
    public static void bind(LedgerRow row, PreparedStatement insert) throws SQLException {
        LedgerRow.Origin origin = row.origin();
        Parameters to = new Parameters(insert);
        to.text(row.attempt().callId());
        to.number((long) row.attempt().n());
        to.number(row.first() ? 1L : 0L);
        to.text(origin.requestId());
        to.text(row.replica().value());
        to.text(row.provider().value());
        to.text(row.model().value());
        ModelTier tier = row.served().tier();
        to.text(tier == null ? null : tier.id());
        to.text(origin.useCase());
        to.text(origin.key());
        to.text(origin.agent());
        to.text(origin.workflow());
        to.text(origin.user());
        to.text(origin.session());
        to.text(TagsJson.of(origin.tags()));
        to.number(row.timing().startEpochMillis());
        to.number(row.timing().endEpochMillis());
        to.number(row.timing().firstTokenNanos());
        Long took = row.timing().durationNanos();
        to.number(took == null ? UNKNOWN_DURATION : took);
        TokenUsage usage = row.usage();
        to.number(usage == null ? null : usage.input());
        to.number(usage == null ? null : usage.cachedInput());
        to.number(usage == null ? null : usage.cacheWrite());
        to.number(usage == null ? null : usage.audioInput());
        to.number(usage == null ? null : usage.imageInput());
        to.number(usage == null ? null : usage.output());
        to.number(usage == null ? null : usage.reasoning());
        to.number(usage == null ? null : usage.audioOutput());
        to.number(usage == null ? null : usage.imageOutput());
        to.text(usage == null ? null : usage.how().name());
        NanoUsd cost = row.cost();
        to.number(cost == null ? null : cost.value());
        to.text(row.charge().priceVersion());
        to.text(row.outcome().id());
        FailureClass failure = row.failure();
        to.text(failure == null ? null : failure.id());
    }

    /** @param found has {@link #ALL} under these names */
    public static LedgerRow row(ResultSet found) throws SQLException {
        FailureClass failure = named(FailureClass.values(), FailureClass::id, found.getString("failure"));
        long end = found.getLong("at");
        Long took = number(found, "duration_nanos");
        Long duration = took == null || took == UNKNOWN_DURATION ? null : took;
        Long started = number(found, "started");
        Long first = number(found, "first_of_call");
        int attempt = found.getInt("attempt");
        return new LedgerRow(
                new AttemptId(found.getString("call"), attempt),
                first == null ? attempt == 1 : first == 1,
                new LedgerRow.Served(
                        new ReplicaId(found.getString("replica")),
                        new ProviderId(found.getString("provider")),
                        new ModelId(found.getString("model")),
                        named(ModelTier.values(), ModelTier::id, found.getString("tier"))),
                new LedgerRow.Origin(
                        found.getString("request"),
                        found.getString("use_case"),
                        found.getString("key"),
                        found.getString("agent"),
                        found.getString("workflow"),
                        found.getString("user_name"),
                        found.getString("session"),
                        TagsJson.parse(found.getString("tags"))),
                new LedgerRow.Timing(
                        started == null ? startedBeforeItWasRecorded(end, duration) : started,
                        end,
                        number(found, "first_token_nanos"),
                        duration),
                new LedgerRow.Charge(usage(found), cost(found), found.getString("price_version")),
                outcome(found, failure),
                failure);
    }

    private static long startedBeforeItWasRecorded(long end, @Nullable Long durationNanos) {
        return durationNanos == null ? end : end - durationNanos / 1_000_000;
    }

    /** As {@link LedgerFilter#is} has it. */
    private static AttemptOutcome outcome(ResultSet found, @Nullable FailureClass failure) throws SQLException {
        AttemptOutcome known = named(AttemptOutcome.values(), AttemptOutcome::id, found.getString("outcome"));
        return known != null
                ? known
                : failure == null
                        ? AttemptOutcome.DELIVERED
                        : failure == FailureClass.CANCELLED ? AttemptOutcome.CANCELLED : AttemptOutcome.FAILED;
    }

    private static @Nullable TokenUsage usage(ResultSet found) throws SQLException {
        String counted = found.getString("counted");
        return counted == null
                ? null
                : new TokenUsage(
                        found.getLong("input"),
                        found.getLong("cached_input"),
                        found.getLong("cache_write"),
                        found.getLong("audio_input"),
                        found.getLong("image_input"),
                        found.getLong("output"),
                        found.getLong("reasoning"),
                        found.getLong("audio_output"),
                        found.getLong("image_output"),
                        TokenUsage.Counted.valueOf(counted));
    }

    private static @Nullable NanoUsd cost(ResultSet found) throws SQLException {
        Long value = number(found, "cost_nano_usd");
        return value == null ? null : new NanoUsd(value);
    }

    private static @Nullable Long number(ResultSet found, String column) throws SQLException {
        long value = found.getLong(column);
        return found.wasNull() ? null : (Long) value;
    }

    private static <E extends Enum<E>> @Nullable E named(E[] all, Function<E, String> id, @Nullable String name) {
        if (name == null) {
            return null;
        }
        return Arrays.stream(all)
                .filter(one -> id.apply(one).equals(name))
                .findFirst()
                .orElseThrow(() -> new StoreException(
                        "the ledger holds an unknown name '" + name + "': was it written by a newer Tierway?"));
    }
}
