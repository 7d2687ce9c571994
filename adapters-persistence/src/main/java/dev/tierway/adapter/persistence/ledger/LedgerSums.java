package dev.tierway.adapter.persistence.ledger;

import dev.tierway.application.port.out.AttemptOutcome;
import dev.tierway.application.port.out.LedgerField;
import dev.tierway.application.port.out.LedgerGroup;
import dev.tierway.application.port.out.LedgerTotals;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.money.TokenUsage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sums over the ledger as SQL. */
public final class LedgerSums {
    private static final List<String> TOKENS = List.of(
            "input",
            "cached_input",
            "cache_write",
            "audio_input",
            "image_input",
            "output",
            "reasoning",
            "audio_output",
            "image_output");
    private static final String SUMS = sums();
    private static final long DAY_MILLIS = 86_400_000;

    private LedgerSums() {}

    private static String sums() {
        List<String> sums = new ArrayList<>();
        sums.add("count(CASE WHEN first_of_call = 1 OR (first_of_call IS NULL AND attempt = 1) THEN 1 END) AS calls");
        for (AttemptOutcome outcome : AttemptOutcome.values()) {
            sums.add("count(CASE WHEN " + LedgerFilter.is(outcome) + " THEN 1 END) AS " + outcome.id());
        }
        for (String column : TOKENS) {
            sums.add("coalesce(sum(" + column + "), 0) AS " + column);
        }
        sums.add("count(CASE WHEN counted = 'ESTIMATED' THEN 1 END) AS estimated");
        sums.add("count(*) - count(counted) AS uncounted");
        sums.add("coalesce(sum(cost_nano_usd), 0) AS cost");
        sums.add("count(*) - count(cost_nano_usd) AS unpriced");
        sums.add("min(coalesce(started, at)) AS first_at");
        sums.add("max(at) AS last_at");
        return String.join(", ", sums);
    }

    /** One row, of everything that matches. */
    public static String all(String condition) {
        return "SELECT " + SUMS + " FROM ledger WHERE " + condition;
    }

    /** A row per group, one more than are shown if there are more. */
    public static String grouped(LedgerGroup by, String condition) {
        String order =
                by == LedgerGroup.DAY ? "1" : "cost DESC, CASE WHEN " + name(by) + " IS NULL THEN 1 ELSE 0 END, 1";
        return "SELECT " + name(by) + " AS name, " + SUMS + " FROM ledger WHERE " + condition + " GROUP BY " + name(by)
                + " ORDER BY " + order + " LIMIT " + (LedgerTotals.MOST_GROUPS + 1);
    }

    private static String name(LedgerGroup by) {
        LedgerField field = by.field();
        return field == null ? "at / " + DAY_MILLIS : LedgerFilter.column(field);
    }

    /** The groups of {@link #grouped}, in its order. */
    public static List<LedgerTotals.Group> groups(LedgerGroup by, ResultSet found) throws SQLException {
        List<LedgerTotals.Group> groups = new ArrayList<>();
        while (found.next()) {
            groups.add(new LedgerTotals.Group(shown(by, found.getString("name")), totals(found)));
        }
        return groups;
    }

    private static @Nullable String shown(LedgerGroup by, @Nullable String name) {
        return name == null || by != LedgerGroup.DAY
                ? name
                : LocalDate.ofEpochDay(Long.parseLong(name)).toString();
    }

    public static LedgerTotals.Totals totals(ResultSet found) throws SQLException {
        Map<AttemptOutcome, Long> attempts = new EnumMap<>(AttemptOutcome.class);
        for (AttemptOutcome outcome : AttemptOutcome.values()) {
            attempts.put(outcome, found.getLong(outcome.id()));
        }
        long estimated = found.getLong("estimated");
        TokenUsage tokens = new TokenUsage(
                found.getLong("input"),
                found.getLong("cached_input"),
                found.getLong("cache_write"),
                found.getLong("audio_input"),
                found.getLong("image_input"),
                found.getLong("output"),
                found.getLong("reasoning"),
                found.getLong("audio_output"),
                found.getLong("image_output"),
                estimated > 0 ? TokenUsage.Counted.ESTIMATED : TokenUsage.Counted.REPORTED);
        return new LedgerTotals.Totals(
                found.getLong("calls"),
                attempts,
                tokens,
                estimated,
                found.getLong("uncounted"),
                new NanoUsd(found.getLong("cost")),
                found.getLong("unpriced"),
                time(found, "first_at"),
                time(found, "last_at"));
    }

    private static @Nullable Long time(ResultSet found, String column) throws SQLException {
        long millis = found.getLong(column);
        return found.wasNull() ? null : (Long) millis;
    }

    /** Whether the groups of {@link #grouped} are all there are: then they add up to everything that matches. */
    public static boolean complete(List<LedgerTotals.Group> groups) {
        return groups.size() <= LedgerTotals.MOST_GROUPS;
    }

    /** Without the group that only tells that there are more. */
    public static LedgerTotals cut(LedgerTotals.Totals all, List<LedgerTotals.Group> groups) {
        boolean more = !complete(groups);
        return new LedgerTotals(all, more ? groups.subList(0, LedgerTotals.MOST_GROUPS) : groups, more);
    }
}
