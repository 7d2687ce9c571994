package dev.tierway.bootstrap.cli;

import dev.tierway.bootstrap.cli.show.Documents;
import dev.tierway.bootstrap.cli.simulate.ProgressBar;
import dev.tierway.bootstrap.cli.simulate.SimulationText;
import dev.tierway.simulation.Experiment;
import dev.tierway.simulation.report.HtmlReport;
import dev.tierway.simulation.report.Plan;
import dev.tierway.simulation.report.Report;
import dev.tierway.simulation.report.ReportDocument;
import dev.tierway.simulation.report.Runner;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tierway simulate}. */
@Command(
        name = "simulate",
        description =
                "Try strategies against faults in virtual time: recorded or generated traffic, simulated replicas, no"
                        + " network and no keys.")
final class Simulate implements Callable<Integer> {
    private static final List<String> USUAL_SCENARIOS = List.of("healthy", "provider-outage");
    private static final List<String> USUAL_CONTENDERS =
            List.of(Plan.ADAPTIVE, Plan.SHUFFLE, "least-request-p2c", "peak-ewma-p2c", Plan.ORACLE);
    private static final String ALL = "all";
    private static final int PATIENCE_SECONDS = 10;

    private final Session session;

    @Spec
    @Nullable
    CommandSpec spec;

    @Mixin
    TrafficOption traffic = new TrafficOption();

    @Mixin
    FleetOption fleet = new FleetOption();

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            arity = "1..*",
            split = ",",
            description = "What goes wrong, or all; default: healthy and provider-outage")
    List<String> scenarios = USUAL_SCENARIOS;

    @Option(
            names = "--load",
            paramLabel = "X",
            arity = "1..*",
            split = ",",
            description = "Calls as a share of what the fleet can take; default: 0.7")
    List<Double> loads = List.of(0.7);

    @Option(
            names = "--strategy",
            paramLabel = "NAME",
            arity = "1..*",
            split = ",",
            description = "Who routes, or all; default: adaptive, shuffle-cooldown, least-request-p2c, peak-ewma-p2c,"
                    + " oracle-parameters")
    List<String> strategies = USUAL_CONTENDERS;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "What all chance comes from: the same seed, the same report; default: 1")
    long seed = 1;

    @Option(
            names = "--seeds",
            paramLabel = "K",
            defaultValue = "5",
            description = "How often each strategy meets each scenario, with other luck each time; default: 5")
    int seeds = 5;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many trials run at once; default: one per core. The report doesn't depend on it")
    @Nullable
    Integer threads;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Write the report there instead of to standard output")
    @Nullable
    Path output;

    Simulate(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        Experiment experiment = fleet.experiment(session);
        Plan plan = plan(experiment);
        Optional<Report> report = run(new Runner(experiment, traffic.traffic(session.world()), plan));
        if (report.isEmpty()) {
            return CommandLine.ExitCode.SOFTWARE;
        }
        write(report.get());
        return verdict(report.get());
    }

    private Plan plan(Experiment experiment) {
        for (double load : loads) {
            if (!(load > 0 && load <= 10)) {
                throw Misuse.of(spec, "--load may be more than 0 and at most 10, not " + load);
            }
        }
        if (threads != null && (threads < 1 || threads > 1_000)) {
            throw Misuse.of(spec, "--threads may be 1 to 1000, not " + threads);
        }
        try {
            return new Plan(
                    known("--scenario", scenarios, experiment.scenarios()),
                    loads.stream().distinct().toList(),
                    known("--strategy", strategies, experiment.contenders()),
                    seed,
                    seeds);
        } catch (IllegalArgumentException wrong) {
            throw Misuse.of(spec, "--" + wrong.getMessage());
        }
    }

    private List<String> known(String option, List<String> asked, List<String> known) {
        if (asked.equals(List.of(ALL))) {
            return known;
        }
        for (String name : asked) {
            if (!known.contains(name)) {
                throw Misuse.of(
                        spec,
                        option + ": there is no '" + name + "'; there are " + String.join(", ", known) + ", and "
                                + ALL);
            }
        }
        return asked.stream().distinct().toList();
    }

    private Optional<Report> run(Runner runner) throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        session.lifetime().onStop(() -> stop(runner, over));
        boolean terminal = session.world()
                .variable("TIERWAY_TERMINAL")
                .filter("true"::equals)
                .isPresent();
        int workers = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        try (ProgressBar bar = new ProgressBar(session.err(), terminal, System::nanoTime)) {
            return runner.run(fleet.name(), workers, bar);
        } finally {
            over.countDown();
        }
    }

    /** The process ends with this hook; trials that run are given the time to end. */
    private void stop(Runner runner, CountDownLatch over) {
        if (over.getCount() == 0) {
            return;
        }
        runner.stop();
        try {
            boolean ended = over.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            session.remark("tierway: stopped " + (ended ? "before all trials had run" : "in the middle of a trial")
                    + "; there is no report");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(Report report) {
        String text = switch (session.format()) {
            case TABLE -> SimulationText.of(report);
            case JSON -> Documents.json(ReportDocument.of(report));
            case YAML -> Documents.yaml(ReportDocument.of(report));
            case CSV -> throw new IllegalStateException("only history is written as CSV");
            case HTML -> HtmlReport.of(report);
        };
        if (output == null) {
            session.out().print(text);
            session.out().flush();
        } else {
            OutputFile.write(session.world().path(output), text);
            session.remark("tierway: wrote " + output);
        }
    }

    private int verdict(Report report) {
        report.violations().stream().limit(20).forEach(words -> session.remark("tierway: " + words));
        if (!report.violations().isEmpty()) {
            session.remark("tierway: " + report.violations().size()
                    + " invariants were violated; please report it, with the command and its seed");
        }
        return report.violations().isEmpty() ? 0 : 1;
    }
}
