package dev.tierway.adapter.persistence.memory;

import dev.tierway.application.port.out.LedgerField;
import dev.tierway.application.port.out.LedgerGroup;
import dev.tierway.application.port.out.LedgerRow;
import dev.tierway.application.port.out.LedgerTotals;
import dev.tierway.application.port.out.LedgerTotals.Totals;
import dev.tierway.domain.money.NanoUsd;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Adds rows up. */
final class MemoryTotals {
    private MemoryTotals() {}

    static LedgerTotals of(List<LedgerRow> rows, LedgerGroup by) {
        Map<@Nullable String, Totals> byName = new HashMap<>();
        rows.forEach(row -> byName.merge(name(row, by), Totals.of(row), Totals::plus));
        List<LedgerTotals.Group> groups = new ArrayList<>();
        byName.forEach((name, totals) -> groups.add(new LedgerTotals.Group(name, totals)));
        groups.sort(order(by));
        int most = LedgerTotals.MOST_GROUPS;
        return new LedgerTotals(
                Totals.sum(groups), groups.subList(0, Math.min(most, groups.size())), groups.size() > most);
    }

    private static @Nullable String name(LedgerRow row, LedgerGroup by) {
        LedgerField field = by.field();
        return field == null
                ? LocalDate.ofEpochDay(TimeUnit.MILLISECONDS.toDays(row.timing().endEpochMillis()))
                        .toString()
                : field.of(row);
    }

    private static Comparator<LedgerTotals.Group> order(LedgerGroup by) {
        Comparator<LedgerTotals.Group> byName =
                Comparator.comparing(LedgerTotals.Group::name, Comparator.nullsLast(Comparator.naturalOrder()));
        return by == LedgerGroup.DAY
                ? byName
                : Comparator.<LedgerTotals.Group, NanoUsd>comparing(
                                group -> group.totals().cost())
                        .reversed()
                        .thenComparing(byName);
    }
}
