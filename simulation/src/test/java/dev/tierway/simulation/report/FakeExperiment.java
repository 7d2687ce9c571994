package dev.tierway.simulation.report;

import dev.tierway.domain.fleet.Mixing;
import dev.tierway.simulation.Experiment;
import dev.tierway.simulation.Trace;
import dev.tierway.simulation.Trial;
import dev.tierway.simulation.TrialResult;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes figures up from a trial's name, without any routing. */
final class FakeExperiment implements Experiment {
    static final List<String> CONTENDERS = List.of("adaptive", "random", "shuffle-cooldown", "oracle-parameters");

    private final UnaryOperator<TrialResult> change;

    FakeExperiment() {
        this(UnaryOperator.identity());
    }

    FakeExperiment(UnaryOperator<TrialResult> change) {
        this.change = change;
    }

    @Override
    public List<String> scenarios() {
        return List.of("healthy", "black-hole", "provider-outage", "total-outage", "brown-out");
    }

    @Override
    public List<String> contenders() {
        return CONTENDERS;
    }

    @Override
    public TrialResult run(Trial trial, Trace trace) {
        long luck = Mixing.mix(trial.seed(), trial.scenario().hashCode());
        double slow = 1 + CONTENDERS.indexOf(trial.contender()) % 3;
        int calls = trace.arrivals().size();
        int failed = (int) (calls * Mixing.unit(luck, 1) * 0.01 * slow);
        double[] ttft = IntStream.range(0, calls - failed)
                .mapToDouble(i -> 300 * slow * (0.5 + Mixing.unit(luck, i)))
                .toArray();
        return change.apply(result(trial, calls, failed, ttft, null));
    }

    static TrialResult result(Trial trial, int calls, int failed, double[] ttft, @Nullable Double deadShare) {
        double[] total = java.util.Arrays.stream(ttft).map(millis -> 2 * millis).toArray();
        return new TrialResult(
                trial,
                calls,
                calls - failed,
                ttft,
                total,
                0.002 * calls,
                calls + 2L * failed,
                failed,
                100L * failed,
                1_000L * calls,
                250L * calls,
                null,
                null,
                deadShare,
                0.01 * calls * (trial.contender().startsWith("oracle") ? 1 : 1.08) + failed,
                Mixing.mix(trial.seed(), trial.toString().hashCode()),
                Map.of("reset × streaming", 3L),
                List.of());
    }
}
