package dev.tierway.application.rules;

import dev.tierway.application.explain.CallCost;
import dev.tierway.application.port.in.ExperimentReport;
import dev.tierway.application.port.in.QueryExperiments;
import dev.tierway.application.port.out.MonotonicClock;
import dev.tierway.application.port.out.RoutingListener;
import dev.tierway.domain.call.AttemptResult;
import dev.tierway.domain.call.Round;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.routing.Ruling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Reads experiments out: what became of the calls of each arm, since this process started. */
public final class Experiments implements RoutingListener, QueryExperiments {
    private static final double NANOS_PER_MILLI = 1e6;

    private final RoutingRules rules;
    private final MonotonicClock clock;
    private final Map<Place, ArmTally> tallies = new ConcurrentHashMap<>();

    private record Place(String rule, String arm) {}

    public Experiments(RoutingRules rules, MonotonicClock clock) {
        this.rules = rules;
        this.clock = clock;
    }

    @Override
    public void finished(Selection selection) {
        Ruling ruling = selection.features().ask().ruling();
        String arm = ruling == null ? null : ruling.arm();
        if (ruling == null || arm == null) {
            return;
        }
        ArmTally tally = tallies.computeIfAbsent(new Place(ruling.rule(), arm), place -> new ArmTally());
        ArmOutcome outcome = ArmOutcome.of(selection, ruling);
        if (outcome != ArmOutcome.DELIVERED) {
            tally.count(outcome);
            return;
        }
        NanoUsd cost = CallCost.of(selection);
        long start = selection.identity().startNanos();
        tally.delivered(
                cost == null ? null : cost.asUsd(), (clock.nanos() - start) / NANOS_PER_MILLI, firstToken(selection));
    }

    private static @Nullable Double firstToken(Selection selection) {
        if (!selection.features().stream()) {
            return null;
        }
        for (Round round : selection.rounds()) {
            AttemptResult result = round.result();
            Long commit = result == null ? null : result.commitNanos();
            if (commit != null) {
                return (commit - selection.identity().startNanos()) / NANOS_PER_MILLI;
            }
        }
        return null;
    }

    @Override
    public List<ExperimentReport> experiments() {
        RuleSet now = rules.inForce();
        List<ExperimentReport> reports = new ArrayList<>();
        for (Rule rule : now.rules()) {
            if (rule.direction() instanceof Direction.Experiment experiment) {
                reports.add(new ExperimentReport(
                        rule.id(),
                        !now.off().contains(rule.id()),
                        experiment.stickyBy().id(),
                        experiment.arms().stream()
                                .map(arm -> tallies.getOrDefault(new Place(rule.id(), arm.label()), new ArmTally())
                                        .report(arm))
                                .toList()));
            }
        }
        return List.copyOf(reports);
    }

    /** Forgets what was counted for a rule: an experiment that was changed starts again. */
    public void restart(String rule) {
        tallies.keySet().removeIf(place -> place.rule().equals(rule));
    }
}
