package dev.tierway.bootstrap.config;

import dev.tierway.domain.agent.ExecutionLimits;
import dev.tierway.domain.money.NanoUsd;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code agents.default} and its like. */
final class AgentLimitsSection {
    private static final long MOST_USD = 1_000_000_000;
    private static final long MOST = 1_000_000_000_000_000L;

    static final Key<BigDecimal> USD = Key.optional(
                    "usd",
                    Quantities.amount("US dollars", MOST_USD),
                    "Most that may be spent; the worst case is taken before each attempt.")
            .absentMeans("unlimited");
    static final Key<Long> TOKENS = Key.optional(
                    "tokens", Quantities.count(1, MOST), "Most tokens, input and output together.")
            .absentMeans("unlimited");
    static final Key<Long> STEPS =
            Key.optional("steps", Quantities.count(1, MOST), "Most calls.").absentMeans("unlimited");
    static final Key<Duration> ELAPSED = Key.optional(
                    "elapsed",
                    Quantities.AGE,
                    "How long after the first call began another may begin; calls in flight go on.")
            .absentMeans("unlimited");
    static final Key<Long> CALLS_PER_MINUTE = Key.optional(
                    "calls-per-minute", Quantities.count(1, MOST), "Most calls per minute.")
            .absentMeans("unlimited");

    static final Section<ExecutionLimits> SECTION = Section.of(
            "agent-limits",
            "How much may be used, from the first call till it is reset. Needs one of them.",
            List.of(USD, TOKENS, STEPS, ELAPSED, CALLS_PER_MINUTE),
            AgentLimitsSection::limits);

    private AgentLimitsSection() {}

    private static ExecutionLimits limits(Values v) {
        BigDecimal usd = v.get(USD);
        if (usd != null && usd.signum() == 0) {
            v.error(USD, "must be more than 0", "to forbid calls, pause the agent: tierway agents pause");
            usd = null;
        }
        ExecutionLimits limits =
                new ExecutionLimits(money(usd), v.get(TOKENS), v.get(STEPS), v.get(ELAPSED), v.get(CALLS_PER_MINUTE));
        if (limits.equals(ExecutionLimits.NONE) && SECTION.keys().stream().noneMatch(v::has)) {
            throw new Unfit("has no limit", "add at least one, e.g. usd: 1.00");
        }
        return limits;
    }

    private static @Nullable NanoUsd money(@Nullable BigDecimal usd) {
        return usd == null ? null : new NanoUsd(Math.max(1, NanoUsd.ofUsd(usd).value()));
    }

    static Shown shown(ExecutionLimits limits) {
        NanoUsd usd = limits.usd();
        return new Shown()
                .put(USD, usd == null ? null : new BigDecimal(usd.toDecimalString()))
                .put(TOKENS, limits.tokens())
                .put(STEPS, limits.steps())
                .put(ELAPSED, limits.elapsed())
                .put(CALLS_PER_MINUTE, limits.callsPerMinute());
    }
}
