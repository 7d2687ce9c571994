package dev.tierway.adapter.http.observe;

import dev.tierway.application.port.out.BudgetsRaised;
import dev.tierway.application.port.out.LedgerRow;
import dev.tierway.application.port.out.MonotonicClock;
import dev.tierway.application.port.out.ProbeReport;
import dev.tierway.application.port.out.RoutingListener;
import dev.tierway.domain.agent.Loop;
import dev.tierway.domain.agent.LoopAction;
import dev.tierway.domain.call.AttemptResult;
import dev.tierway.domain.call.LimitUse;
import dev.tierway.domain.call.Round;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.fleet.ReplicaView;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.routing.Choice;
import dev.tierway.domain.routing.Rejection;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Counts and times calls. What each meter means stands in docs/reference/metrics.md. */
public final class MetricsListener implements RoutingListener {
    private static final Duration[] CALL_BUCKETS =
            millis(5, 25, 100, 250, 500, 1000, 2500, 5000, 15_000, 60_000, 300_000);
    private static final Duration[] OVERHEAD_BUCKETS = {
        Duration.ofNanos(50_000),
        Duration.ofNanos(200_000),
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(25),
        Duration.ofMillis(250),
        Duration.ofSeconds(2)
    };

    private final MonotonicClock clock;
    private final MeterFamily<Counter> calls;
    private final MeterFamily<Timer> durations;
    private final MeterFamily<Timer> firstTokens;
    private final MeterFamily<Timer> overheads;
    private final MeterFamily<Counter> attempts;
    private final MeterFamily<Counter> spillovers;
    private final MeterFamily<Counter> rejections;
    private final MeterFamily<Counter> probes;
    private final MeterFamily<Counter> tokens;
    private final MeterFamily<Counter> costs;
    private final MeterFamily<AtomicReference<Double>> budgets;
    private final MeterFamily<Counter> losses;
    private final MeterFamily<Counter> raised;
    private final MeterFamily<Counter> tools;
    private final MeterFamily<Counter> loops;
    private final Counter crowded;
    private final Counter unpriced;
    private final Counter lastResorts;

    public MetricsListener(MeterRegistry registry, MonotonicClock clock) {
        this.clock = clock;
        calls = counters(
                registry, "tierway.calls", "Calls that ended.", "tier", "use_case", "model", "outcome", "code");
        durations = timers(
                registry, "tierway.call.duration", "From a call's start to its end.", CALL_BUCKETS, "tier", "outcome");
        firstTokens = timers(
                registry,
                "tierway.time.to.first.token",
                "Until a stream's first token.",
                CALL_BUCKETS,
                "tier",
                "model");
        overheads = timers(registry, "tierway.overhead", "A call's time without a vendor.", OVERHEAD_BUCKETS);
        attempts = counters(registry, "tierway.attempts", "Attempts that ended.", "replica", "class");
        spillovers = counters(
                registry,
                "tierway.spillovers",
                "Attempts after one failed elsewhere.",
                "from_model",
                "to_model",
                "class");
        rejections = counters(registry, "tierway.rejections", "Candidates refused in decisions.", "reason");
        probes = counters(registry, "tierway.probe.results", "Health probes that ended.", "replica", "result");
        tokens = counters(registry, "tierway.tokens", "Tokens of attempts.", "model", "kind");
        costs = counters(registry, "tierway.cost.usd", "Cost of attempts.", "model", "provider");
        loops = counters(registry, "tierway.loops", "Loops of workflows that answers closed.", "kind", "action");
        tools = counters(registry, "tierway.tool.calls", "Tool calls of conversations.", "tool", "end");
        budgets = new MeterFamily<>(List.of("budget"), tags -> {
            AtomicReference<Double> share = new AtomicReference<>(0.0);
            Gauge.builder("tierway.budget.used.ratio", share, AtomicReference::get)
                    .description("Used share of a budget, as the last call under it saw it.")
                    .tags(tags)
                    .strongReference(true)
                    .register(registry);
            return share;
        });
        losses = counters(registry, "tierway.quota.losses", "Times the store had lost usage.", "cause");
        raised = counters(registry, "tierway.quota.raised.usd", "Budgets raised after a loss.", "source");
        crowded = Counter.builder("tierway.names.counted.together.calls")
                .description("Calls whose name found no room among the 10,000 of its API key.")
                .register(registry);
        unpriced = Counter.builder("tierway.unpriced.calls")
                .description("Delivered calls whose cost is unknown.")
                .register(registry);
        lastResorts = Counter.builder("tierway.last.resort.picks")
                .description("Replicas tried although only their health spoke against them.")
                .register(registry);
    }

    private static Duration[] millis(long... millis) {
        return java.util.stream.LongStream.of(millis)
                .mapToObj(Duration::ofMillis)
                .toArray(Duration[]::new);
    }

    private static MeterFamily<Counter> counters(MeterRegistry registry, String name, String words, String... labels) {
        return new MeterFamily<>(
                List.of(labels),
                tags -> Counter.builder(name).description(words).tags(tags).register(registry));
    }

    private static MeterFamily<Timer> timers(
            MeterRegistry registry, String name, String words, Duration[] buckets, String... labels) {
        return new MeterFamily<>(
                List.of(labels),
                tags -> Timer.builder(name)
                        .description(words)
                        .serviceLevelObjectives(buckets)
                        .tags(tags)
                        .register(registry));
    }

    @Override
    public void attemptEnded(LedgerRow row) {
        String outcome =
                row.failure() == null ? row.outcome().id() : row.failure().id();
        attempts.of(row.replica().value(), outcome).increment();
        TokenUsage usage = row.usage();
        if (usage != null) {
            String model = row.model().value();
            tokens(model, "input", usage.plainInput());
            tokens(model, "cached_input", usage.cachedInput());
            tokens(model, "cache_write", usage.cacheWrite());
            tokens(model, "audio_input", usage.audioInput());
            tokens(model, "image_input", usage.imageInput());
            tokens(model, "output", usage.plainOutput());
            tokens(model, "reasoning", usage.reasoning());
            tokens(model, "audio_output", usage.audioOutput());
            tokens(model, "image_output", usage.imageOutput());
        }
        if (row.cost() != null) {
            costs.of(row.model().value(), row.provider().value())
                    .increment(row.cost().asUsd());
        }
    }

    @Override
    public void probed(ProbeReport report) {
        probes.of(report.replica().value(), report.result().id()).increment();
    }

    @Override
    public void loopFound(String callId, Loop loop, LoopAction action) {
        loops.of(loop.kind().id(), action.id()).increment();
    }

    /** Names that no tool has are the model's inventions, and don't end. */
    @Override
    public void toolUsed(String tool, String end, Duration took) {
        tools.of(end.equals("unknown_tool") ? "none" : tool, end).increment();
    }

    @Override
    public void namesCountedTogether(String callId, @Nullable String key) {
        crowded.increment();
    }

    @Override
    public void budgetsRaised(BudgetsRaised told) {
        // Of each loss the account book tells once; only what was remembered is told before.
        if (told.source() == BudgetsRaised.Source.LEDGER) {
            losses.of(told.cause().id()).increment();
        }
        raised.of(told.source().id()).increment(told.by().asUsd());
    }

    private void tokens(String model, String kind, long count) {
        if (count > 0) {
            tokens.of(model, kind).increment(count);
        }
    }

    @Override
    public void finished(Selection selection) {
        FinishedCall call = FinishedCall.of(selection);
        String outcome = call.result().status();
        calls.of(call.tier(), call.useCase(), call.model(), outcome, call.code())
                .increment();
        long nanos = clock.nanos() - selection.identity().startNanos();
        durations.of(call.tier(), outcome).record(nanos, TimeUnit.NANOSECONDS);
        if (selection.features().stream()) {
            record(firstTokens, call.firstTokenNanos(), call.tier(), call.model());
        }
        record(overheads, call.overheadNanos());
        if (call.unpriced()) {
            unpriced.increment();
        }
        selection.limits().forEach(this::budget);
        rounds(selection.rounds());
    }

    /** Those that count each name for itself would be a series per name. */
    private void budget(LimitUse use) {
        String rule = use.descriptor().budget();
        if (rule != null && use.descriptor().owner().endsWith(":" + rule)) {
            budgets.of(rule).set(use.usedShare());
        }
    }

    private static void record(MeterFamily<Timer> family, @Nullable Long nanos, String... labels) {
        if (nanos != null) {
            family.of(labels).record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void rounds(List<Round> rounds) {
        ReplicaView failed = null;
        String failure = FinishedCall.NONE;
        for (Round round : rounds) {
            for (Choice.Verdict verdict : round.choice().verdicts()) {
                for (Rejection rejection : verdict.rejections()) {
                    rejections.of(rejection.code()).increment();
                }
            }
            if (round.choice() instanceof Choice.Chosen chosen) {
                if (chosen.because() == Choice.Because.LAST_RESORT) {
                    lastResorts.increment();
                }
                AttemptResult result = round.result();
                boolean sent = result != null && result.sentNanos() != null;
                if (sent
                        && failed != null
                        && !failed.replica()
                                .id()
                                .equals(chosen.replica().replica().id())) {
                    spillovers
                            .of(model(failed), model(chosen.replica()), failure)
                            .increment();
                }
                if (result != null && result.failure() != null) {
                    failed = chosen.replica();
                    failure = result.failure().failureClass().id();
                }
            }
        }
    }

    private static String model(ReplicaView replica) {
        return replica.model().id().value();
    }
}
