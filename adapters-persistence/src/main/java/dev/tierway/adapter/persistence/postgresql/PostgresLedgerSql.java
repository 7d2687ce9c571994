package dev.tierway.adapter.persistence.postgresql;

import dev.tierway.adapter.persistence.ledger.LedgerColumns;
import dev.tierway.adapter.persistence.ledger.LedgerFilter;
import dev.tierway.adapter.persistence.ledger.LedgerSums;
import dev.tierway.adapter.persistence.ledger.Parameters;
import dev.tierway.application.port.out.LedgerCursor;
import dev.tierway.application.port.out.LedgerGroup;
import dev.tierway.application.port.out.LedgerPage;
import dev.tierway.application.port.out.LedgerQuery;
import dev.tierway.application.port.out.LedgerRow;
import dev.tierway.application.port.out.LedgerTotals;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The ledger's statements. */
final class PostgresLedgerSql {
    private static final String INSERT = "INSERT INTO ledger (" + LedgerColumns.ALL + ", id) VALUES ("
            + LedgerColumns.PARAMETERS + ", ?) ON CONFLICT DO NOTHING";
    private static final int ID =
            (int) LedgerColumns.PARAMETERS.chars().filter(c -> c == '?').count() + 1;
    private static final String HAS_TAG = "(tags::json ->> ?) = ?";

    private PostgresLedgerSql() {}

    static void add(long id, LedgerRow row, Batch batch) throws SQLException {
        PreparedStatement insert = batch.row(INSERT).statement();
        LedgerColumns.bind(storable(row), insert);
        insert.setLong(ID, id);
        insert.addBatch();
    }

    static LedgerPage page(LedgerQuery query, int limit, LedgerCursor from, Connection on) throws SQLException {
        LedgerFilter filter = LedgerFilter.of(query, HAS_TAG);
        try (PreparedStatement select = on.prepareStatement("SELECT id, " + LedgerColumns.ALL
                + " FROM ledger WHERE id < ? AND " + filter.condition() + " ORDER BY id DESC LIMIT ?")) {
            Parameters to = new Parameters(select);
            to.number(from.before());
            to.all(filter.values());
            to.number(limit + 1L);
            List<LedgerRow> rows = new ArrayList<>();
            long last = 0;
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    if (rows.size() == limit) {
                        return new LedgerPage(rows, new LedgerCursor(last));
                    }
                    rows.add(LedgerColumns.row(found));
                    last = found.getLong("id");
                }
            }
            return new LedgerPage(rows, null);
        }
    }

    /** In one transaction that sees one state, so that the groups add up to the whole also where it is asked for apart. */
    static LedgerTotals totals(LedgerQuery query, LedgerGroup by, Connection on) throws SQLException {
        LedgerFilter filter = LedgerFilter.of(query, HAS_TAG);
        on.setAutoCommit(false);
        on.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        List<LedgerTotals.Group> groups;
        try (PreparedStatement select = prepared(LedgerSums.grouped(by, filter.condition()), filter, on);
                ResultSet found = select.executeQuery()) {
            groups = LedgerSums.groups(by, found);
        }
        LedgerTotals.Totals all = LedgerSums.complete(groups) ? LedgerTotals.Totals.sum(groups) : all(filter, on);
        on.commit();
        return LedgerSums.cut(all, groups);
    }

    private static LedgerTotals.Totals all(LedgerFilter filter, Connection on) throws SQLException {
        try (PreparedStatement select = prepared(LedgerSums.all(filter.condition()), filter, on);
                ResultSet found = select.executeQuery()) {
            found.next();
            return LedgerSums.totals(found);
        }
    }

    private static PreparedStatement prepared(String sql, LedgerFilter filter, Connection on) throws SQLException {
        PreparedStatement select = on.prepareStatement(sql);
        new Parameters(select).all(filter.values());
        return select;
    }

    /** Without the one character that the server's text can't hold: callers choose these names. */
    private static LedgerRow storable(LedgerRow row) {
        LedgerRow.Origin origin = row.origin();
        Map<String, String> tags = new TreeMap<>();
        origin.tags().forEach((name, value) -> tags.put(Arguments.storable(name), Arguments.storable(value)));
        return new LedgerRow(
                row.attempt(),
                row.first(),
                row.served(),
                new LedgerRow.Origin(
                        Arguments.storable(origin.requestId()),
                        storable(origin.useCase()),
                        storable(origin.key()),
                        storable(origin.agent()),
                        storable(origin.workflow()),
                        storable(origin.user()),
                        storable(origin.session()),
                        tags),
                row.timing(),
                row.charge(),
                row.outcome(),
                row.failure());
    }

    private static @Nullable String storable(@Nullable String text) {
        return text == null ? null : Arguments.storable(text);
    }
}
