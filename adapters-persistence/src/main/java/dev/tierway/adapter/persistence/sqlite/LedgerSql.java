package dev.tierway.adapter.persistence.sqlite;

import dev.tierway.adapter.persistence.StoreException;
import dev.tierway.application.port.out.LedgerRow;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.money.TokenUsage;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Rows of the ledger as SQL. */
final class LedgerSql {
    private static final String COLUMNS = "call, attempt, request, replica, provider, model, at, duration_nanos, input,"
            + " cached_input, cache_write, output, reasoning, counted, cost_nano_usd, failure, key, agent, workflow";
    static final String LATEST = "SELECT " + COLUMNS + " FROM ledger ORDER BY id DESC LIMIT ?";
    private static final String INSERT =
            "INSERT INTO ledger (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private LedgerSql() {}

    static void insert(LedgerRow row, Statements on) throws SQLException {
        PreparedStatement insert = on.prepare(INSERT);
        insert.setString(1, row.attempt().callId());
        insert.setInt(2, row.attempt().n());
        insert.setString(3, row.requestId());
        insert.setString(4, row.replica().value());
        insert.setString(5, row.provider().value());
        insert.setString(6, row.model().value());
        insert.setLong(7, row.atEpochMillis());
        insert.setLong(8, row.durationNanos());
        TokenUsage usage = row.usage();
        setLong(insert, 9, usage == null ? null : usage.input());
        setLong(insert, 10, usage == null ? null : usage.cachedInput());
        setLong(insert, 11, usage == null ? null : usage.cacheWrite());
        setLong(insert, 12, usage == null ? null : usage.output());
        setLong(insert, 13, usage == null ? null : usage.reasoning());
        insert.setString(14, usage == null ? null : usage.how().name());
        NanoUsd cost = row.cost();
        setLong(insert, 15, cost == null ? null : cost.value());
        FailureClass failure = row.failure();
        insert.setString(16, failure == null ? null : failure.id());
        insert.setString(17, row.key());
        insert.setString(18, row.agent());
        insert.setString(19, row.workflow());
        insert.executeUpdate();
    }

    private static void setLong(PreparedStatement statement, int index, @Nullable Long value) throws SQLException {
        if (value == null) {
            statement.setNull(index, java.sql.Types.BIGINT);
        } else {
            statement.setLong(index, value);
        }
    }

    static LedgerRow row(ResultSet found) throws SQLException {
        return new LedgerRow(
                new AttemptId(found.getString(1), found.getInt(2)),
                found.getString(3),
                new ReplicaId(found.getString(4)),
                new ProviderId(found.getString(5)),
                new ModelId(found.getString(6)),
                found.getLong(7),
                found.getLong(8),
                usage(found),
                cost(found),
                failure(found.getString(16)),
                found.getString(17),
                found.getString(18),
                found.getString(19));
    }

    private static @Nullable TokenUsage usage(ResultSet found) throws SQLException {
        String counted = found.getString(14);
        return counted == null
                ? null
                : new TokenUsage(
                        found.getLong(9),
                        found.getLong(10),
                        found.getLong(11),
                        found.getLong(12),
                        found.getLong(13),
                        TokenUsage.Counted.valueOf(counted));
    }

    private static @Nullable NanoUsd cost(ResultSet found) throws SQLException {
        long value = found.getLong(15);
        return found.wasNull() ? null : new NanoUsd(value);
    }

    private static @Nullable FailureClass failure(@Nullable String id) {
        if (id == null) {
            return null;
        }
        for (FailureClass failure : FailureClass.values()) {
            if (failure.id().equals(id)) {
                return failure;
            }
        }
        throw new StoreException(
                "the ledger names an unknown failure class '" + id + "': was it written by a newer Tierway?");
    }
}
