package dev.tierway.simulation.report;

import dev.tierway.simulation.report.Goal.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What adaptive routing has to show against whole shuffle with cooldown, judged from reports. */
public final class Verdict {
    static final String HEALTHY = "healthy";
    static final String TOTAL_OUTAGE = "total-outage";
    static final String PROVIDER_OUTAGE = "provider-outage";
    static final String BROWN_OUT = "brown-out";

    private static final Set<Double> BROWN_OUT_LOADS = Set.of(0.3, 0.7);

    private final List<Report> reports;

    private Verdict(List<Report> reports) {
        this.reports = List.copyOf(reports);
    }

    /** The goals, over all these reports. */
    public static List<Goal> of(List<Report> reports) {
        Verdict verdict = new Verdict(reports);
        return List.of(
                verdict.nowhereWorse(),
                verdict.faultsSurvived(),
                verdict.brownOutsAvoided(),
                verdict.fewAttempts(),
                verdict.deadLeftAlone(),
                verdict.regret("Regret against the parameter oracle at most 10 % where nothing is wrong", 0.10, true),
                verdict.regret("Regret against the parameter oracle at most 25 % where something is", 0.25, false),
                verdict.invariants());
    }

    static boolean hasAlternative(String scenario) {
        return !scenario.equals(HEALTHY) && !scenario.equals(TOTAL_OUTAGE);
    }

    private Goal nowhereWorse() {
        return overComparisons(
                "Success nowhere below shuffle-cooldown's, beyond the interval", (comparison, row, oracle) -> {
                    Estimate difference = comparison.success();
                    return difference == null
                            ? null
                            : new Figure(
                                    Words.points(difference),
                                    difference.isSurelyNegative()
                                            ? difference.value()
                                            : Math.max(0, difference.value()));
                });
    }

    /** 99.5 % of calls, or at most half the failures. */
    private Goal faultsSurvived() {
        return overComparisons(
                "Under faults with an alternative: success at least 99.5 %, or at most half shuffle-cooldown's"
                        + " failures",
                (comparison, row, oracle) -> {
                    Estimate success = row.success();
                    if (success == null || !hasAlternative(comparison.scenario())) {
                        return null;
                    }
                    Estimate failures = comparison.failures();
                    double bySuccess = (success.value() - 0.995) / 0.005;
                    double byFailures = failures == null ? -1 : (0.5 - failures.value()) / 0.5;
                    String words = Words.percent(success)
                            + (failures == null ? "" : "; failures × " + Words.factor(failures))
                            + oracle.map(Row::success)
                                    .map(known -> "; parameter oracle " + Words.percent(known.value()))
                                    .orElse("");
                    return new Figure(words, Math.max(bySuccess, byFailures));
                });
    }

    private Goal brownOutsAvoided() {
        return overComparisons(
                "In brown-outs at loads 0.3 and 0.7: p99 time to first token at most 0.7 × shuffle-cooldown's",
                (comparison, row, oracle) -> {
                    Estimate ratio = comparison.ttftP99();
                    boolean applies =
                            comparison.scenario().equals(BROWN_OUT) && BROWN_OUT_LOADS.contains(comparison.load());
                    return !applies || ratio == null
                            ? null
                            : new Figure("× " + Words.factor(ratio), (0.7 - ratio.value()) / 0.7);
                });
    }

    private Goal fewAttempts() {
        return overRows("At most 1.2 attempts per success in a provider-wide outage", row -> {
            Double attempts = row.attemptsPerSuccess();
            return attempts == null || !row.scenario().equals(PROVIDER_OUTAGE)
                    ? null
                    : new Figure(Words.number(attempts, 3), (1.2 - attempts) / 1.2);
        });
    }

    private Goal deadLeftAlone() {
        return overRows(
                "At most 2 % of the traffic to a dead replica from 10 s after its first failed attempt, where there is"
                        + " an alternative",
                row -> {
                    Double share = row.deadShare();
                    return share == null || !hasAlternative(row.scenario())
                            ? null
                            : new Figure(Words.percent(share), (0.02 - share) / 0.02);
                });
    }

    private Goal regret(String words, double bound, boolean healthy) {
        return overRows(words, row -> {
            Estimate regret = row.regret();
            return regret == null || row.scenario().equals(HEALTHY) != healthy
                    ? null
                    : new Figure(Words.percent(regret), (bound - regret.value()) / bound);
        });
    }

    private Goal invariants() {
        List<Check> checks = new ArrayList<>();
        for (Report report : reports) {
            int count = report.violations().size();
            checks.add(new Check(report.trace(), "all", Double.NaN, count + " violations", count == 0 ? 0 : -1.0));
        }
        return new Goal("No invariant violated", checks);
    }

    /** What a comparison comes to; null: the goal doesn't apply to its cell. */
    private interface Judge {
        @Nullable
        Figure of(Comparison comparison, Row ours, Optional<Row> oracle);
    }

    private record Figure(String words, double margin) {}

    private Goal overComparisons(String words, Judge judge) {
        List<Check> checks = new ArrayList<>();
        for (Report report : reports) {
            for (Comparison one : report.comparisons()) {
                Row row = report.row(one.scenario(), one.load(), Plan.ADAPTIVE).orElse(null);
                Figure figure = row != null && one.other().equals(Plan.SHUFFLE)
                        ? judge.of(one, row, report.row(one.scenario(), one.load(), Plan.ORACLE))
                        : null;
                if (figure != null) {
                    checks.add(check(report, one.scenario(), one.load(), figure));
                }
            }
        }
        return new Goal(words, checks);
    }

    private Goal overRows(String words, Function<Row, @Nullable Figure> judge) {
        List<Check> checks = new ArrayList<>();
        for (Report report : reports) {
            for (Row row : report.rows()) {
                Figure figure = row.strategy().equals(Plan.ADAPTIVE) ? judge.apply(row) : null;
                if (figure != null) {
                    checks.add(check(report, row.scenario(), row.load(), figure));
                }
            }
        }
        return new Goal(words, checks);
    }

    private static Check check(Report report, String scenario, double load, Figure figure) {
        return new Check(report.trace(), scenario, load, figure.words(), figure.margin());
    }
}
