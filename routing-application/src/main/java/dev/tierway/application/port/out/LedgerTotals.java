package dev.tierway.application.port.out;

import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.money.TokenUsage;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What rows of the ledger come to.
 *
 * @param all of every row asked for
 * @param groups at most {@link #MOST_GROUPS}: days in their order, others the dearest first
 * @param more whether there are more groups
 */
public record LedgerTotals(Totals all, List<Group> groups, boolean more) {
    public static final int MOST_GROUPS = 1000;

    public LedgerTotals {
        groups = List.copyOf(groups);
    }

    /** @param name null: of rows that have none */
    public record Group(@Nullable String name, Totals totals) {}

    /**
     * Sums. What is unknown is in no sum, but counted.
     *
     * @param calls whose first attempt is among these: each is in one group
     * @param attempts by what became of them; all are named
     * @param tokens the sum of what is known; estimated if any of it is
     * @param estimated attempts whose tokens are estimated
     * @param uncounted attempts whose tokens are unknown
     * @param unpriced attempts whose cost is unknown
     * @param firstEpochMillis when the first of them began; null if there is none
     * @param lastEpochMillis when the last of them ended; null if there is none
     */
    public record Totals(
            long calls,
            Map<AttemptOutcome, Long> attempts,
            TokenUsage tokens,
            long estimated,
            long uncounted,
            NanoUsd cost,
            long unpriced,
            @Nullable Long firstEpochMillis,
            @Nullable Long lastEpochMillis) {
        public Totals {
            attempts = Collections.unmodifiableMap(new EnumMap<>(attempts));
        }

        public static final Totals NONE =
                new Totals(0, noAttempts(), TokenUsage.reported(0, 0), 0, 0, NanoUsd.ZERO, 0, null, null);

        private static Map<AttemptOutcome, Long> noAttempts() {
            Map<AttemptOutcome, Long> none = new EnumMap<>(AttemptOutcome.class);
            for (AttemptOutcome outcome : AttemptOutcome.values()) {
                none.put(outcome, 0L);
            }
            return none;
        }

        public Totals plus(Totals other) {
            Map<AttemptOutcome, Long> all = new EnumMap<>(attempts);
            other.attempts.forEach((outcome, count) -> all.merge(outcome, count, Long::sum));
            return new Totals(
                    calls + other.calls,
                    all,
                    sum(tokens, other.tokens),
                    estimated + other.estimated,
                    uncounted + other.uncounted,
                    cost.plus(other.cost),
                    unpriced + other.unpriced,
                    either(firstEpochMillis, other.firstEpochMillis, Math::min),
                    either(lastEpochMillis, other.lastEpochMillis, Math::max));
        }

        private static @Nullable Long either(@Nullable Long one, @Nullable Long other, LongBinaryOperator both) {
            return one == null ? other : other == null ? one : (Long) both.applyAsLong(one, other);
        }

        /** What all groups come to together. */
        public static Totals sum(List<Group> groups) {
            return groups.stream().map(Group::totals).reduce(NONE, Totals::plus);
        }

        private static TokenUsage sum(TokenUsage one, TokenUsage other) {
            return new TokenUsage(
                    one.input() + other.input(),
                    one.cachedInput() + other.cachedInput(),
                    one.cacheWrite() + other.cacheWrite(),
                    one.audioInput() + other.audioInput(),
                    one.imageInput() + other.imageInput(),
                    one.output() + other.output(),
                    one.reasoning() + other.reasoning(),
                    one.audioOutput() + other.audioOutput(),
                    one.imageOutput() + other.imageOutput(),
                    one.how() == TokenUsage.Counted.ESTIMATED ? one.how() : other.how());
        }

        /** What one row comes to. */
        public static Totals of(LedgerRow row) {
            Map<AttemptOutcome, Long> one = noAttempts();
            one.put(row.outcome(), 1L);
            TokenUsage usage = row.usage();
            NanoUsd known = row.cost();
            return new Totals(
                    row.first() ? 1 : 0,
                    one,
                    usage == null ? TokenUsage.reported(0, 0) : usage,
                    usage != null && usage.how() == TokenUsage.Counted.ESTIMATED ? 1 : 0,
                    usage == null ? 1 : 0,
                    known == null ? NanoUsd.ZERO : known,
                    known == null ? 1 : 0,
                    row.timing().startEpochMillis(),
                    row.timing().endEpochMillis());
        }

        /** Attempts of all outcomes. */
        public long allAttempts() {
            return attempts.values().stream().mapToLong(Long::longValue).sum();
        }
    }
}
