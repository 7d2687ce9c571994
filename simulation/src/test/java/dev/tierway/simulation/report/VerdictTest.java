package dev.tierway.simulation.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.simulation.TrialResult;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

final class VerdictTest {
    private static final List<String> ALL = FakeExperiment.CONTENDERS;

    /** Goals in their order, of runs in which adaptive's results are changed. */
    private static List<Goal> goals(String scenario, UnaryOperator<TrialResult> adaptive) throws InterruptedException {
        FakeExperiment experiment = new FakeExperiment(
                result -> result.trial().contender().equals("adaptive") ? adaptive.apply(result) : result);
        return Verdict.of(List.of(RunnerTest.report(experiment, new Plan(List.of(scenario), Plan.LOADS, ALL, 7, 6))));
    }

    private static TrialResult failing(TrialResult result, int failed) {
        double[] ttft =
                DoubleStream.generate(() -> 300).limit(result.calls() - failed).toArray();
        return FakeExperiment.result(result.trial(), (int) result.calls(), failed, ttft, null);
    }

    private static Goal.Outcome outcome(int goal, String scenario, UnaryOperator<TrialResult> adaptive)
            throws InterruptedException {
        return goals(scenario, adaptive).get(goal).outcome();
    }

    @Test
    void losing_calls_that_shuffle_delivers_misses_the_first_goal() throws InterruptedException {
        assertThat(outcome(0, "black-hole", result -> result)).isEqualTo(Goal.Outcome.MET);
        assertThat(outcome(0, "black-hole", result -> failing(result, 60))).isEqualTo(Goal.Outcome.MISSED);
    }

    @Test
    void under_faults_many_failures_are_allowed_only_if_shuffle_has_twice_as_many() throws InterruptedException {
        FakeExperiment bothBad =
                new FakeExperiment(result -> switch (result.trial().contender()) {
                    case "adaptive" -> failing(result, 20);
                    case "shuffle-cooldown" -> failing(result, 50);
                    default -> result;
                });
        Plan plan = new Plan(List.of("black-hole"), List.of(0.7), ALL, 7, 6);

        assertThat(Verdict.of(List.of(RunnerTest.report(bothBad, plan))).get(1).outcome())
                .isEqualTo(Goal.Outcome.MET);
        assertThat(outcome(1, "black-hole", result -> failing(result, 20))).isEqualTo(Goal.Outcome.MISSED);
        assertThat(outcome(1, "black-hole", result -> failing(result, 0))).isEqualTo(Goal.Outcome.MET);
        assertThat(outcome(1, "total-outage", result -> failing(result, 20))).isEqualTo(Goal.Outcome.NOT_MEASURED);
    }

    @Test
    void brown_outs_are_judged_at_two_loads_by_the_time_to_first_token() throws InterruptedException {
        Goal met = goals("brown-out", result -> result).get(2);

        assertThat(met.checks()).extracting(Goal.Check::load).containsExactly(0.3, 0.7);
        assertThat(met.outcome()).isEqualTo(Goal.Outcome.MET);
        assertThat(met.checks().getFirst().figure()).matches("× 0\\.\\d\\d \\[0\\.\\d\\d, 0\\.\\d\\d]");
        assertThat(outcome(2, "black-hole", result -> result)).isEqualTo(Goal.Outcome.NOT_MEASURED);
    }

    @Test
    void attempts_are_judged_in_an_outage_of_a_provider() throws InterruptedException {
        assertThat(outcome(3, "provider-outage", result -> failing(result, 0))).isEqualTo(Goal.Outcome.MET);
        assertThat(outcome(3, "provider-outage", result -> failing(result, 60))).isEqualTo(Goal.Outcome.MISSED);
    }

    @Test
    void traffic_to_the_dead_is_judged_where_it_was_measured() throws InterruptedException {
        UnaryOperator<TrialResult> dead =
                result -> FakeExperiment.result(result.trial(), (int) result.calls(), 0, result.ttftMillis(), 0.03);

        assertThat(outcome(4, "black-hole", dead)).isEqualTo(Goal.Outcome.MISSED);
        assertThat(outcome(4, "total-outage", dead)).isEqualTo(Goal.Outcome.NOT_MEASURED);
        assertThat(outcome(4, "black-hole", result -> result)).isEqualTo(Goal.Outcome.NOT_MEASURED);
    }

    @Test
    void regret_has_a_bound_for_health_and_one_for_faults() throws InterruptedException {
        UnaryOperator<TrialResult> cheap = result -> failing(result, 0);

        assertThat(outcome(5, "healthy", cheap)).isEqualTo(Goal.Outcome.MET);
        assertThat(outcome(6, "healthy", cheap)).isEqualTo(Goal.Outcome.NOT_MEASURED);
        assertThat(outcome(6, "black-hole", result -> failing(result, 50))).isEqualTo(Goal.Outcome.MISSED);
    }

    @Test
    void one_violation_of_an_invariant_is_one_too_many() throws InterruptedException {
        assertThat(outcome(7, "healthy", result -> result)).isEqualTo(Goal.Outcome.MET);
        assertThat(outcome(7, "healthy", VerdictTest::violating)).isEqualTo(Goal.Outcome.MISSED);
    }

    static TrialResult violating(TrialResult sound) {
        return new TrialResult(
                sound.trial(),
                sound.calls(),
                sound.delivered(),
                sound.ttftMillis(),
                sound.totalMillis(),
                sound.usd(),
                sound.attempts(),
                sound.rateLimited(),
                sound.wastedTokens(),
                sound.inputTokens(),
                sound.cachedTokens(),
                null,
                null,
                null,
                sound.costUsd(),
                sound.traceHash(),
                sound.faultsHit(),
                List.of("I3: 9 attempts"));
    }

    @Test
    void cells_another_wins_are_told() throws InterruptedException {
        FakeExperiment slow = new FakeExperiment(
                result -> result.trial().contender().equals("adaptive") ? failing(result, 60) : result);
        Report report = RunnerTest.report(slow, new Plan(List.of("healthy"), List.of(0.7), ALL, 7, 6));

        assertThat(report.comparisons()).allMatch(Comparison::isSuccessLost).allMatch(Comparison::isCostLost);
    }
}
