package dev.tierway.simulation.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A figure of rows, as plots show it: less is better for all of them. */
enum Metric {
    FAILED("calls that failed", "%") {
        @Override
        @Nullable
        Estimate of(Row row) {
            Estimate success = row.success();
            if (success == null) {
                return null;
            }
            Double lo = success.lo();
            Double hi = success.hi();
            return new Estimate(
                    failed(success.value()), hi == null ? null : failed(hi), lo == null ? null : failed(lo));
        }

        private static double failed(double success) {
            return 100 * (1 - success);
        }
    },
    TTFT("p99 time to first token", "s") {
        @Override
        @Nullable
        Estimate of(Row row) {
            Double millis = row.ttftMillis().p99();
            return millis == null ? null : new Estimate(millis / 1_000, null, null);
        }
    },
    PRICE("price of 1,000 answers", "USD") {
        @Override
        @Nullable
        Estimate of(Row row) {
            Double usd = row.usdPerSuccess();
            return usd == null ? null : new Estimate(1_000 * usd, null, null);
        }
    },
    REGRET("regret vs. parameter oracle", "%") {
        @Override
        @Nullable
        Estimate of(Row row) {
            Estimate regret = row.regret();
            return regret == null ? null : regret.map(share -> 100 * share);
        }
    };

    private final String title;
    private final String unit;

    Metric(String title, String unit) {
        this.title = title;
        this.unit = unit;
    }

    String title() {
        return title + " (" + unit + ")";
    }

    abstract @Nullable Estimate of(Row row);

    String words(Estimate estimate) {
        Double lo = estimate.lo();
        Double hi = estimate.hi();
        return Words.significant(estimate.value()) + " " + unit
                + (lo == null || hi == null ? "" : " [" + Words.significant(lo) + ", " + Words.significant(hi) + "]");
    }

    /** An axis that holds all of them. */
    Scale scale(List<Estimate> estimates, double from, double width) {
        double least = estimates.stream()
                .mapToDouble(one -> one.lo() == null ? one.value() : one.lo())
                .min()
                .orElse(0);
        double most = estimates.stream()
                .mapToDouble(one -> one.hi() == null ? one.value() : one.hi())
                .max()
                .orElse(1);
        return this == TTFT || this == PRICE
                ? Scale.logarithmic(least / 1.3, most * 1.3, from, width)
                : Scale.rooted(least, Math.max(most, 1), from, width);
    }
}
