package dev.tierway.simulation.report;

import dev.tierway.simulation.Experiment;
import dev.tierway.simulation.Experiments;
import dev.tierway.simulation.trace.Recorded;
import dev.tierway.simulation.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes docs/reference/simulation-report.md of all traces in a folder; all rows as JSON are too large to be kept, and go
 * elsewhere. See CONTRIBUTING.md.
 *
 * <p>Arguments: the folder of the traces, how many seeds, the page, the JSON.
 */
final class SimulationReportPage {
    private static final long SEED = 1;
    private static final long MINUTE = 60_000_000_000L;

    private SimulationReportPage() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path traces = Path.of(arguments[0]);
        int seeds = Integer.parseInt(arguments[1]);
        Experiment experiment = Experiments.standard();
        List<Report> reports = new ArrayList<>();
        for (Path file : files(traces)) {
            Runner runner =
                    new Runner(experiment, Recorded.of(TraceReader.read(file)), Plan.whole(experiment, SEED, seeds));
            reports.add(runner.run(null, Runtime.getRuntime().availableProcessors(), new Lines(file))
                    .orElseThrow());
        }
        Files.writeString(Path.of(arguments[2]), MarkdownReport.of(reports));
        Files.writeString(Path.of(arguments[3]), json(reports));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.(csv|jsonl)"))
                    .sorted()
                    .toList();
        }
    }

    /** A row per line, so that a change shows as such. */
    private static String json(List<Report> reports) {
        return reports.stream()
                .map(report -> {
                    Map<String, Object> json = ReportDocument.of(report);
                    String rows = report.rows().stream()
                            .map(row -> "  " + CompactJson.of(ReportDocument.row(row)))
                            .collect(Collectors.joining(",\n"));
                    json.remove("rows");
                    String head = CompactJson.of(json);
                    return head.substring(0, head.length() - 1) + ",\"rows\":[\n" + rows + "\n]}";
                })
                .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
    }

    /** Tells once a minute. */
    private static final class Lines implements Progress {
        private final Path file;
        private final long started = System.nanoTime();
        private long told = started;

        Lines(Path file) {
            this.file = file;
        }

        @Override
        public void done(int done, int total) {
            long now = System.nanoTime();
            if (now - told > MINUTE || done == total) {
                told = now;
                System.err.println(file.getFileName() + ": " + done + " of " + total + " trials after "
                        + (now - started) / MINUTE + " min " + (now - started) / 1_000_000_000L % 60 + " s");
            }
        }
    }
}
