package dev.tierway.adapter.persistence.sqlite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tierway.adapter.persistence.StoreException;
import dev.tierway.application.port.out.AttemptMemo;
import dev.tierway.application.port.out.Reservation;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.catalogue.ModelId;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.quota.Amounts;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reservations that nobody has ended yet, as SQL: what the account book needs if their process dies. */
final class OpenReservations {
    /** A reservation and its row in the account book are handed over together; more can't lie between them. */
    private static final int NEWEST_LEDGER_ROWS = 100_000;

    private static final String COLUMNS =
            "call, attempt, request, replica, provider, model, at, key, agent, workflow, user,"
                    + " tags, price_version, requests, input, output, cost_nano_usd, expected_nano_usd";
    private static final String PUT = "INSERT OR REPLACE INTO quota_open (" + COLUMNS
            + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String ALL = "SELECT " + COLUMNS + " FROM quota_open";
    private static final String REMOVE = "DELETE FROM quota_open WHERE call = ? AND attempt = ?";
    private static final String IN_LEDGER =
            "SELECT call, attempt FROM ledger WHERE id > (SELECT coalesce(max(id), 0) FROM ledger) - "
                    + NEWEST_LEDGER_ROWS;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<LinkedHashMap<String, String>> TAGS = new TypeReference<>() {};

    private OpenReservations() {}

    /** One that was open when its process ended. */
    record CutOff(AttemptMemo memo, Amounts estimate) {}

    static void put(Reservation asked, Statements on) throws SQLException {
        PreparedStatement put = on.prepare(PUT);
        AttemptMemo memo = asked.memo();
        QuotaSql.setAttempt(put, memo.attempt());
        put.setString(3, memo.requestId());
        put.setString(4, memo.replica().value());
        put.setString(5, memo.provider().value());
        put.setString(6, memo.model().value());
        put.setLong(7, memo.atEpochMillis());
        put.setString(8, memo.key());
        put.setString(9, memo.agent());
        put.setString(10, memo.workflow());
        put.setString(11, memo.user());
        put.setString(12, json(memo.tags()));
        put.setString(13, memo.priceVersion());
        Amounts estimate = asked.estimate();
        put.setLong(14, estimate.requests());
        put.setLong(15, estimate.inputTokens());
        put.setLong(16, estimate.outputTokens());
        put.setLong(17, estimate.cost().value());
        put.setLong(18, estimate.expectedCost().value());
        put.executeUpdate();
    }

    static void remove(AttemptId attempt, Statements on) throws SQLException {
        PreparedStatement remove = on.prepare(REMOVE);
        QuotaSql.setAttempt(remove, attempt);
        remove.executeUpdate();
    }

    /** All, but those the account book knows: their end was written, and only not yet that they are over. */
    static List<CutOff> withoutEnd(Statements on) throws SQLException {
        List<CutOff> all = new ArrayList<>();
        try (ResultSet found = on.prepare(ALL).executeQuery()) {
            while (found.next()) {
                all.add(cutOff(found));
            }
        }
        if (!all.isEmpty()) {
            Set<AttemptId> known = inLedger(on);
            all.removeIf(one -> known.contains(one.memo().attempt()));
        }
        return all;
    }

    private static Set<AttemptId> inLedger(Statements on) throws SQLException {
        Set<AttemptId> known = new HashSet<>();
        try (ResultSet found = on.prepare(IN_LEDGER).executeQuery()) {
            while (found.next()) {
                known.add(new AttemptId(found.getString(1), found.getInt(2)));
            }
        }
        return known;
    }

    private static CutOff cutOff(ResultSet found) throws SQLException {
        return new CutOff(
                new AttemptMemo(
                        new AttemptId(found.getString(1), found.getInt(2)),
                        found.getString(3),
                        new ReplicaId(found.getString(4)),
                        new ProviderId(found.getString(5)),
                        new ModelId(found.getString(6)),
                        found.getLong(7),
                        found.getString(8),
                        found.getString(9),
                        found.getString(10),
                        found.getString(11),
                        tags(found.getString(12)),
                        found.getString(13)),
                new Amounts(
                        found.getLong(14),
                        found.getLong(15),
                        found.getLong(16),
                        new NanoUsd(found.getLong(17)),
                        new NanoUsd(found.getLong(18))));
    }

    private static String json(Map<String, String> tags) {
        try {
            return tags.isEmpty() ? "{}" : JSON.writeValueAsString(tags);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Map<String, String> tags(String json) {
        try {
            return JSON.readValue(json, TAGS);
        } catch (JsonProcessingException e) {
            throw new StoreException("an open reservation's tags aren't understood: " + json, e);
        }
    }
}
