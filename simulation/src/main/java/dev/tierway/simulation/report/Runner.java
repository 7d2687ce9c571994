package dev.tierway.simulation.report;

import dev.tierway.domain.fleet.Mixing;
import dev.tierway.simulation.Experiment;
import dev.tierway.simulation.Trial;
import dev.tierway.simulation.TrialResult;
import dev.tierway.simulation.trace.Traffic;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs the trials of a plan on several threads. Cells are summed up as they are completed, so that the samples of one or
 * two are in memory, not those of all.
 */
public final class Runner {
    private final Experiment experiment;
    private final Traffic traffic;
    private final Plan plan;
    private final List<String> contenders;
    private final Bootstrap bootstrap;
    private final List<CellInProgress> cells = new ArrayList<>();
    private final AtomicInteger next = new AtomicInteger();
    private final Object told = new Object();
    private volatile boolean stopped;
    private int done;

    public Runner(Experiment experiment, Traffic traffic, Plan plan) {
        this.experiment = experiment;
        this.traffic = traffic;
        this.plan = plan;
        // What regret is measured against is run even if nobody asked to see it.
        Set<String> all = new LinkedHashSet<>(plan.contenders());
        if (experiment.contenders().contains(Plan.ORACLE)) {
            all.add(Plan.ORACLE);
        }
        this.contenders = List.copyOf(all);
        this.bootstrap = new Bootstrap(plan.seeds(), plan.seed());
        for (String scenario : plan.scenarios()) {
            for (double load : plan.loads()) {
                cells.add(new CellInProgress(scenario, load, contenders, plan.seeds()));
            }
        }
    }

    /** How many trials there are to run. */
    public int trials() {
        return cells.size() * trialsOfCell();
    }

    private int trialsOfCell() {
        return contenders.size() * plan.seeds();
    }

    /** No trial begins from now on; those that run end soon. */
    public void stop() {
        stopped = true;
    }

    /**
     * Runs everything, once.
     *
     * @param config as the report shall name it
     * @return empty if it was stopped
     * @throws IllegalStateException if a trial failed, naming it
     */
    public Optional<Report> run(@Nullable String config, int threads, Progress progress) throws InterruptedException {
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(workers.submit(() -> work(progress)));
            }
            try {
                for (Future<?> one : running) {
                    one.get();
                }
            } catch (ExecutionException e) {
                Throwable cause = e.getCause();
                throw new IllegalStateException(cause == null ? "a trial failed" : cause.getMessage(), cause);
            } finally {
                stopped |= done < trials();
            }
        }
        return stopped ? Optional.empty() : Optional.of(report(config));
    }

    private void work(Progress progress) {
        for (int index = next.getAndIncrement(); index < trials() && !stopped; index = next.getAndIncrement()) {
            CellInProgress cell = cells.get(index / trialsOfCell());
            String contender = contenders.get(index % trialsOfCell() / plan.seeds());
            int seed = index % plan.seeds();
            Trial trial = new Trial(cell.scenario(), cell.load(), contender, plan.trialSeed(seed));
            try {
                TrialResult result = experiment.run(trial, traffic.calls(trial.seed()));
                if (cell.add(contender, seed, result)) {
                    cell.sumUp(plan.contenders(), bootstrap);
                }
            } catch (RuntimeException e) {
                stopped = true;
                throw new IllegalStateException("the trial " + trial + " failed: " + e, e);
            }
            synchronized (told) {
                progress.done(++done, trials());
            }
        }
    }

    private Report report(@Nullable String config) {
        List<Row> rows = new ArrayList<>();
        List<Comparison> comparisons = new ArrayList<>();
        List<String> violations = new ArrayList<>();
        SortedMap<String, Long> hits = new TreeMap<>();
        long hash = 0;
        for (CellInProgress cell : cells) {
            CellReport part = cell.report();
            rows.addAll(part.rows());
            comparisons.addAll(part.comparisons());
            violations.addAll(part.violations());
            part.faultsHit().forEach((pair, count) -> hits.merge(pair, count, Long::sum));
            hash = Mixing.mix(hash, part.traceHash());
        }
        return new Report(traffic.name(), config, plan, rows, comparisons, hits, violations, hash);
    }
}
