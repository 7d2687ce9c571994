package dev.tierway.simulation.report;

import dev.tierway.simulation.TrialResult;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Figures of one contender in one cell, each a function of how often its seeds count. */
final class Sums {
    private final List<TrialResult> results;
    private final PooledSamples ttft;
    private final PooledSamples total;

    Sums(List<TrialResult> results) {
        this.results = List.copyOf(results);
        this.ttft =
                new PooledSamples(results.stream().map(TrialResult::ttftMillis).toList());
        this.total =
                new PooledSamples(results.stream().map(TrialResult::totalMillis).toList());
    }

    Statistic ttftMillis(double share) {
        return ttft.percentile(share);
    }

    Statistic totalMillis(double share) {
        return total.percentile(share);
    }

    Statistic sum(ToDoubleFunction<TrialResult> figure) {
        double[] figures = results.stream().mapToDouble(figure).toArray();
        return weights -> {
            double sum = 0;
            for (int i = 0; i < figures.length; i++) {
                sum += weights[i] * figures[i];
            }
            return sum;
        };
    }

    /** NaN where nothing is to be divided by. */
    static Statistic ratio(Statistic above, Statistic below) {
        return weights -> {
            double divisor = below.of(weights);
            return divisor == 0 ? Double.NaN : above.of(weights) / divisor;
        };
    }

    static Statistic difference(Statistic minuend, Statistic subtrahend) {
        return weights -> minuend.of(weights) - subtrahend.of(weights);
    }

    Statistic ratio(ToDoubleFunction<TrialResult> above, ToDoubleFunction<TrialResult> below) {
        return ratio(sum(above), sum(below));
    }

    Statistic success() {
        return ratio(TrialResult::delivered, TrialResult::calls);
    }

    Statistic failures() {
        return ratio(result -> result.calls() - result.delivered(), TrialResult::calls);
    }

    Statistic cost() {
        return sum(TrialResult::costUsd);
    }

    /** The mean over the seeds it applies to; NaN if there is none. */
    Statistic mean(Function<TrialResult, @Nullable Double> figure) {
        Statistic sum = sum(result -> Objects.requireNonNullElse(figure.apply(result), 0.0));
        Statistic count = sum(result -> figure.apply(result) == null ? 0 : 1);
        return ratio(sum, count);
    }
}
