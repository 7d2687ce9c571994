package dev.tierway.simulation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.simulation.trace.Generated;
import dev.tierway.simulation.trace.GeneratedShape;
import dev.tierway.simulation.trace.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RunnerTest {
    static final Traffic TRAFFIC = new Generated(GeneratedShape.parse("poisson:minutes=1"));

    static Report report(FakeExperiment experiment, Plan plan) throws InterruptedException {
        return new Runner(experiment, TRAFFIC, plan).run(null, 2, Progress.NONE).orElseThrow();
    }

    @Test
    void the_report_is_the_same_however_many_threads_made_it() throws InterruptedException {
        FakeExperiment experiment = new FakeExperiment();
        Plan plan = Plan.whole(experiment, 7, 5);

        Report one = new Runner(experiment, TRAFFIC, plan)
                .run(null, 1, Progress.NONE)
                .orElseThrow();
        Report eight = new Runner(experiment, TRAFFIC, plan)
                .run(null, 8, Progress.NONE)
                .orElseThrow();

        assertThat(eight).isEqualTo(one);
        assertThat(eight.rows()).hasSize(5 * 4 * 4);
        assertThat(eight.comparisons()).hasSize(5 * 4 * 3);
        assertThat(eight.faultsHit()).containsEntry("reset × streaming", 3L * 5 * 4 * 4 * 5);
    }

    @Test
    void another_seed_gives_another_hash() throws InterruptedException {
        FakeExperiment experiment = new FakeExperiment();

        assertThat(report(experiment, Plan.whole(experiment, 7, 2)).traceHash())
                .isNotEqualTo(report(experiment, Plan.whole(experiment, 8, 2)).traceHash());
    }

    @Test
    void regret_is_known_even_if_nobody_asked_for_the_oracles_row() throws InterruptedException {
        Report report =
                report(new FakeExperiment(), new Plan(List.of("healthy"), List.of(0.7), List.of("adaptive"), 1, 3));

        assertThat(report.rows()).extracting(Row::strategy).containsExactly("adaptive");
        assertThat(report.rows().getFirst().regret().value()).isGreaterThan(0.05);
        assertThat(report.comparisons()).isEmpty();
    }

    @Test
    void progress_counts_every_trial_once() throws InterruptedException {
        List<Integer> told = new ArrayList<>();
        Runner runner = new Runner(new FakeExperiment(), TRAFFIC, Plan.whole(new FakeExperiment(), 7, 2));

        runner.run(null, 4, (done, total) -> {
            assertThat(total).isEqualTo(runner.trials());
            told.add(done);
        });

        assertThat(told).hasSize(runner.trials()).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void a_run_that_is_stopped_has_no_report_and_leaves_the_rest_undone() throws InterruptedException {
        List<Integer> told = new ArrayList<>();
        Runner runner = new Runner(new FakeExperiment(), TRAFFIC, Plan.whole(new FakeExperiment(), 7, 2));

        Optional<Report> report = runner.run(null, 2, (done, total) -> {
            told.add(done);
            runner.stop();
        });

        assertThat(report).isEmpty();
        assertThat(told).hasSizeLessThan(4);
    }

    @Test
    void a_trial_that_fails_is_named() {
        FakeExperiment broken = new FakeExperiment(result -> {
            throw new IllegalStateException("odd");
        });

        assertThatThrownBy(() -> report(broken, new Plan(List.of("healthy"), List.of(0.7), List.of("random"), 1, 1)))
                .hasMessageContaining("healthy")
                .hasMessageContaining("random")
                .hasMessageContaining("odd");
    }

    @Test
    void a_plan_needs_something_to_run() {
        assertThatThrownBy(() -> new Plan(List.of(), List.of(0.7), List.of("a"), 1, 1))
                .hasMessageContaining("a scenario, a load and a contender are needed");
        assertThatThrownBy(() -> new Plan(List.of("s"), List.of(0.7), List.of("a"), 1, 0))
                .hasMessageContaining("seeds may be 1 to 200, not 0");
    }
}
