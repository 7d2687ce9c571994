package dev.tierway.application.service;

import dev.tierway.domain.catalogue.Strategy;
import dev.tierway.domain.routing.BuiltInStrategy;
import dev.tierway.domain.routing.Candidate;
import dev.tierway.domain.routing.Pick;
import dev.tierway.domain.routing.RankingStrategy;
import dev.tierway.domain.routing.Situation;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/**
 * A strategy that somebody brought, which must not lose a call: a decision in which it throws, or picks nobody who is
 * eligible, is taken by {@code adaptive}. Listeners hear of it once.
 */
final class GuardedStrategy implements RankingStrategy {
    private final RankingStrategy own;
    private final Strategy id;
    private final BiConsumer<String, Throwable> report;
    private final AtomicBoolean reported = new AtomicBoolean();

    GuardedStrategy(RankingStrategy own, BiConsumer<String, Throwable> report) {
        this.own = own;
        this.id = own.id();
        this.report = report;
    }

    @Override
    public Strategy id() {
        return id;
    }

    @SuppressWarnings("ReferenceEquality") // Whose equals may throw.
    boolean guards(RankingStrategy one) {
        return own == one;
    }

    @Override
    public Pick pick(List<Candidate> eligible, Situation situation) {
        try {
            Pick pick = own.pick(eligible, situation);
            requireEligible(pick, eligible);
            return pick;
        } catch (RuntimeException | Error broken) {
            if (reported.compareAndSet(false, true)) {
                report.accept("strategy '" + id + "'", broken);
            }
            return BuiltInStrategy.ADAPTIVE.pick(eligible, situation);
        }
    }

    private static void requireEligible(Pick pick, List<Candidate> eligible) {
        Candidate picked = pick.candidate();
        int at = 0;
        while (at < eligible.size() && eligible.get(at).view() != picked.view()) {
            at++;
        }
        if (at == eligible.size() || !(pick.propensity() > 0 && pick.propensity() <= 1)) {
            throw new IllegalStateException("it picked somebody who isn't eligible, or with a propensity of "
                    + pick.propensity() + ": pick one of those given, with a propensity in (0, 1]");
        }
    }
}
