package dev.tierway.simulation.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.simulation.Experiment;
import dev.tierway.simulation.Experiments;
import dev.tierway.simulation.trace.Generated;
import dev.tierway.simulation.trace.GeneratedShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A small part of the simulation report, run again. Whoever changes how calls are routed sees in the difference of one
 * committed file what that does to success, latency and cost.
 */
class RoutingScenario {
    private static final Path COMMITTED = Path.of(
            System.getProperty("basedir", ""), "src/test/resources/dev/tierway/simulation/report/routing-scenario.txt");
    private static final long SEED = 3;
    private static final int SEEDS = 2;

    @Test
    void routing_does_what_it_did_when_the_figures_were_committed() throws IOException, InterruptedException {
        String now = figures("poisson:minutes=3") + figures("bursty:minutes=3");
        if (Boolean.getBoolean("tierway.regenerate")) {
            Files.writeString(COMMITTED, now);
        }

        assertThat(now)
                .as("figures differ from %s: if that is meant, run this test with -Dtierway.regenerate=true", COMMITTED)
                .isEqualTo(Files.readString(COMMITTED));
    }

    private static String figures(String trace) throws InterruptedException {
        Experiment experiment = Experiments.standard();
        Plan plan = new Plan(
                experiment.scenarios(), List.of(0.7), List.of(Plan.ADAPTIVE, Plan.SHUFFLE, Plan.ORACLE), SEED, SEEDS);
        Report report = new Runner(experiment, new Generated(GeneratedShape.parse(trace)), plan)
                .run(null, Runtime.getRuntime().availableProcessors(), Progress.NONE)
                .orElseThrow();
        assertThat(report.violations()).isEmpty();
        return Stream.concat(
                        Stream.of(String.format(
                                Locale.ROOT, "%s, %d seeds, trace hash %016x", trace, SEEDS, report.traceHash())),
                        report.rows().stream().map(row -> CompactJson.of(ReportDocument.row(row))))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
