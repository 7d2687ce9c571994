package dev.tierway.adapter.persistence.sqlite;

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
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The ledger's statements. No index but the row's number: looking up scans the numbers that the asked time may have. */
final class LedgerSql {
    private static final String INSERT =
            "INSERT INTO ledger (" + LedgerColumns.ALL + ") VALUES (" + LedgerColumns.PARAMETERS + ")";
    private static final String IN_RANGE = "id >= ? AND id < ? AND ";
    private static final String HAS_TAG =
            "EXISTS (SELECT 1 FROM json_each(ledger.tags) AS tag WHERE tag.key = ? AND tag.value = ?)";

    private LedgerSql() {}

    static void insert(LedgerRow row, Statements on) throws SQLException {
        PreparedStatement insert = on.prepare(INSERT);
        LedgerColumns.bind(row, insert);
        insert.executeUpdate();
    }

    static LedgerPage page(LedgerQuery query, int limit, LedgerCursor from, Statements on) throws SQLException {
        LedgerFilter filter = LedgerFilter.of(query, HAS_TAG);
        PreparedStatement select = on.prepare("SELECT id, " + LedgerColumns.ALL + " FROM ledger WHERE " + IN_RANGE
                + filter.condition() + " ORDER BY id DESC LIMIT ?");
        Parameters to = new Parameters(select);
        IdRange range = IdRange.of(query, on);
        to.number(range.first());
        to.number(Math.min(range.end(), from.before()));
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

    /** In one transaction, so that the groups add up to the whole also where it has to be asked for apart. */
    static LedgerTotals totals(LedgerQuery query, LedgerGroup by, Statements on) throws SQLException {
        LedgerFilter filter = LedgerFilter.of(query, HAS_TAG);
        String condition = IN_RANGE + filter.condition();
        on.execute("BEGIN");
        try {
            IdRange range = IdRange.of(query, on);
            List<LedgerTotals.Group> groups;
            try (ResultSet found = run(LedgerSums.grouped(by, condition), range, filter, on)) {
                groups = LedgerSums.groups(by, found);
            }
            LedgerTotals.Totals all =
                    LedgerSums.complete(groups) ? LedgerTotals.Totals.sum(groups) : all(condition, range, filter, on);
            on.execute("COMMIT");
            return LedgerSums.cut(all, groups);
        } catch (SQLException e) {
            on.rollBack(e);
            throw e;
        }
    }

    private static LedgerTotals.Totals all(String condition, IdRange range, LedgerFilter filter, Statements on)
            throws SQLException {
        try (ResultSet found = run(LedgerSums.all(condition), range, filter, on)) {
            found.next();
            return LedgerSums.totals(found);
        }
    }

    private static ResultSet run(String sql, IdRange range, LedgerFilter filter, Statements on) throws SQLException {
        PreparedStatement select = on.prepare(sql);
        Parameters to = new Parameters(select);
        to.number(range.first());
        to.number(range.end());
        to.all(filter.values());
        return select.executeQuery();
    }
}
