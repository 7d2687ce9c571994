package dev.tierway.application.port.out;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of the ledger: those that match all of it.
 *
 * @param sinceEpochMillis ended at or after; null: from the first row on
 * @param untilEpochMillis ended before; null: up to now
 * @param where values that must be equal
 * @param without of these the row must have no value
 * @param tags the row must have each, with that value
 */
public record LedgerQuery(
        @Nullable Long sinceEpochMillis,
        @Nullable Long untilEpochMillis,
        Map<LedgerField, String> where,
        Set<LedgerField> without,
        Map<String, String> tags,
        @Nullable AttemptOutcome outcome) {
    public static final LedgerQuery ALL = new LedgerQuery(null, null, Map.of(), Set.of(), Map.of(), null);

    public LedgerQuery {
        where = where.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(where));
        without = without.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(without));
        tags = tags.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(tags));
    }

    /** Only attempts that ended then or later. */
    public LedgerQuery since(@Nullable Long epochMillis) {
        return new LedgerQuery(epochMillis, untilEpochMillis, where, without, tags, outcome);
    }

    /** Only attempts that ended before. */
    public LedgerQuery until(@Nullable Long epochMillis) {
        return new LedgerQuery(sinceEpochMillis, epochMillis, where, without, tags, outcome);
    }

    /** Only rows with that value there. */
    public LedgerQuery where(LedgerField field, String value) {
        EnumMap<LedgerField, String> more = new EnumMap<>(LedgerField.class);
        more.putAll(where);
        more.put(field, value);
        return new LedgerQuery(sinceEpochMillis, untilEpochMillis, more, without, tags, outcome);
    }

    /** Only rows with no value there. */
    public LedgerQuery without(LedgerField field) {
        EnumSet<LedgerField> more = EnumSet.of(field);
        more.addAll(without);
        return new LedgerQuery(sinceEpochMillis, untilEpochMillis, where, more, tags, outcome);
    }

    /** Only rows with that value there; null: with none. */
    public LedgerQuery whereOrWithout(LedgerField field, @Nullable String value) {
        return value == null ? without(field) : where(field, value);
    }

    /** Only rows with that tag. */
    public LedgerQuery tag(String name, String value) {
        TreeMap<String, String> more = new TreeMap<>(tags);
        more.put(name, value);
        return new LedgerQuery(sinceEpochMillis, untilEpochMillis, where, without, more, outcome);
    }

    public LedgerQuery outcome(@Nullable AttemptOutcome only) {
        return new LedgerQuery(sinceEpochMillis, untilEpochMillis, where, without, tags, only);
    }

    /** Whether it asks for that row: what every ledger must find the same of. */
    public boolean matches(LedgerRow row) {
        long end = row.timing().endEpochMillis();
        return (sinceEpochMillis == null || end >= sinceEpochMillis)
                && (untilEpochMillis == null || end < untilEpochMillis)
                && (outcome == null || outcome == row.outcome())
                && where.entrySet().stream()
                        .allMatch(one -> one.getValue().equals(one.getKey().of(row)))
                && without.stream().allMatch(field -> field.of(row) == null)
                && tags.entrySet().stream()
                        .allMatch(
                                one -> one.getValue().equals(row.origin().tags().get(one.getKey())));
    }
}
