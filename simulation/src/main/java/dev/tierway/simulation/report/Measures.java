package dev.tierway.simulation.report;

import dev.tierway.simulation.TrialResult;
import org.jspecify.annotations.Nullable;

/** Makes a row of sums. */
final class Measures {
    private final Sums sums;
    private final Bootstrap bootstrap;

    Measures(Sums sums, Bootstrap bootstrap) {
        this.sums = sums;
        this.bootstrap = bootstrap;
    }

    /** @param oracle what regret is measured against; null: it wasn't run */
    Row row(Cell cell, String contender, int seeds, @Nullable Sums oracle) {
        return new Row(
                cell.scenario(),
                cell.load(),
                contender,
                seeds,
                (long) bootstrap.value(sums.sum(TrialResult::calls)),
                bootstrap.estimate(sums.success()),
                new Percentiles(
                        known(sums.ttftMillis(0.5)), known(sums.ttftMillis(0.99)), known(sums.ttftMillis(0.999))),
                new Percentiles(
                        known(sums.totalMillis(0.5)), known(sums.totalMillis(0.99)), known(sums.totalMillis(0.999))),
                known(sums.ratio(TrialResult::usd, TrialResult::delivered)),
                known(sums.ratio(TrialResult::attempts, TrialResult::delivered)),
                known(sums.ratio(result -> 1_000.0 * result.rateLimited(), TrialResult::calls)),
                (long) bootstrap.value(sums.sum(TrialResult::wastedTokens)),
                known(sums.ratio(TrialResult::cachedTokens, TrialResult::inputTokens)),
                known(sums.mean(TrialResult::detectSeconds)),
                known(sums.mean(TrialResult::recoverSeconds)),
                known(sums.mean(TrialResult::deadShare)),
                oracle == null ? null : CellReport.excess(sums, oracle, bootstrap));
    }

    private @Nullable Double known(Statistic statistic) {
        double value = bootstrap.value(statistic);
        return Double.isNaN(value) ? null : value;
    }
}
