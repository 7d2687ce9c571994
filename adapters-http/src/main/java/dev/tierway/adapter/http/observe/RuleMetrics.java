package dev.tierway.adapter.http.observe;

import dev.tierway.application.explain.CallCost;
import dev.tierway.application.port.out.MonotonicClock;
import dev.tierway.application.port.out.RoutingListener;
import dev.tierway.application.rules.ArmOutcome;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.routing.Ruling;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Counts what rules apply to, and what becomes of the calls of experiments. */
public final class RuleMetrics implements RoutingListener {
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofSeconds(60)
    };

    private final MonotonicClock clock;
    private final MeterFamily<Counter> applied;
    private final MeterFamily<Counter> calls;
    private final MeterFamily<Counter> costs;
    private final MeterFamily<Timer> durations;

    public RuleMetrics(MeterRegistry registry, MonotonicClock clock) {
        this.clock = clock;
        applied = new MeterFamily<>(
                List.of("rule"),
                tags -> Counter.builder("tierway.rule.calls")
                        .description("Calls a rule applied to.")
                        .tags(tags)
                        .register(registry));
        calls = new MeterFamily<>(
                List.of("rule", "arm", "outcome"),
                tags -> Counter.builder("tierway.experiment.calls")
                        .description("Calls of experiments that ended.")
                        .tags(tags)
                        .register(registry));
        costs = new MeterFamily<>(
                List.of("rule", "arm"),
                tags -> Counter.builder("tierway.experiment.cost.usd")
                        .description("Cost of calls an arm delivered.")
                        .tags(tags)
                        .register(registry));
        durations = new MeterFamily<>(
                List.of("rule", "arm"),
                tags -> Timer.builder("tierway.experiment.call.duration")
                        .description("Duration of calls an arm delivered.")
                        .serviceLevelObjectives(BUCKETS)
                        .tags(tags)
                        .register(registry));
    }

    @Override
    public void finished(Selection selection) {
        Ruling ruling = selection.features().ask().ruling();
        if (ruling == null) {
            return;
        }
        applied.of(ruling.rule()).increment();
        String arm = ruling.arm();
        if (arm == null) {
            return;
        }
        ArmOutcome outcome = ArmOutcome.of(selection, ruling);
        calls.of(ruling.rule(), arm, outcome.id()).increment();
        if (outcome == ArmOutcome.DELIVERED) {
            durations
                    .of(ruling.rule(), arm)
                    .record(clock.nanos() - selection.identity().startNanos(), TimeUnit.NANOSECONDS);
            NanoUsd cost = CallCost.of(selection);
            if (cost != null) {
                costs.of(ruling.rule(), arm).increment(cost.asUsd());
            }
        }
    }
}
