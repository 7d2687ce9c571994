package dev.tierway.simulation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Prints what each contender comes to: for people who work on routing. Not a test. */
public final class GoalTable {
    private GoalTable() {}

    /** @param args seeds, loads, scenarios, contenders; lists by comma, {@code all} for all */
    public static void main(String[] args) {
        Experiment experiment = Experiments.standard();
        int seeds = args.length > 0 ? Integer.parseInt(args[0]) : 2;
        List<Double> loads = args.length > 1
                ? Arrays.stream(args[1].split(",")).map(Double::valueOf).toList()
                : List.of(0.3, 0.7);
        List<String> scenarios = pick(args, 2, experiment.scenarios());
        List<String> contenders = pick(args, 3, experiment.contenders());
        boolean code = args.length > 4 && args[4].equals("code");
        Trace trace = code ? Traces.poisson(1500, 2.5, 1700, 24, 5) : Traces.poisson(3200, 5.4, 5);
        for (String scenario : scenarios) {
            for (double load : loads) {
                System.out.printf(Locale.ROOT, "== %s %.1f%n", scenario, load);
                double[] oracle = new double[seeds];
                for (int s = 0; s < seeds; s++) {
                    oracle[s] = experiment
                            .run(new Trial(scenario, load, "oracle-parameters", s), trace)
                            .costUsd();
                }
                for (String contender : contenders) {
                    row(experiment, scenario, load, contender, trace, oracle);
                }
            }
        }
    }

    private static List<String> pick(String[] args, int at, List<String> all) {
        return args.length > at && !args[at].equals("all") ? List.of(args[at].split(",")) : all;
    }

    private static void row(
            Experiment experiment, String scenario, double load, String contender, Trace trace, double[] oracle) {
        double success = 0,
                p50 = 0,
                p99 = 0,
                attempts = 0,
                usd = 0,
                limited = 0,
                regret = 0,
                dead = 0,
                detect = 0,
                recover = 0;
        long nanos = System.nanoTime();
        String violations = "";
        int seeds = oracle.length;
        for (int s = 0; s < seeds; s++) {
            TrialResult r = experiment.run(new Trial(scenario, load, contender, s), trace);
            success += 100.0 * r.delivered() / r.calls() / seeds;
            double[] ttft = r.ttftMillis().clone();
            Arrays.sort(ttft);
            if (ttft.length > 0) {
                p50 += ttft[ttft.length / 2] / seeds;
                p99 += ttft[(int) (0.99 * (ttft.length - 1))] / seeds;
            }
            attempts += r.attempts() / (double) Math.max(1, r.delivered()) / seeds;
            usd += 1000 * r.usd() / Math.max(1, r.delivered()) / seeds;
            limited += 1000.0 * r.rateLimited() / r.calls() / seeds;
            regret += (r.costUsd() / oracle[s] - 1) * 100 / seeds;
            dead += r.deadShare() == null ? 0 : 100 * r.deadShare() / seeds;
            detect += r.detectSeconds() == null ? 0 : r.detectSeconds() / seeds;
            recover += r.recoverSeconds() == null ? 0 : r.recoverSeconds() / seeds;
            violations = r.violations().isEmpty() ? violations : " " + r.violations();
        }
        double micros =
                (System.nanoTime() - nanos) / 1e3 / seeds / trace.arrivals().size();
        System.out.printf(
                Locale.ROOT,
                "%-22s ok %7.3f%% ttft %6.0f %7.0f att %5.3f usd/1k %6.3f 429/1k %6.1f regret %7.1f%% dead %5.2f%% det"
                        + " %5.1f rec %5.1f  %5.1f us/call%s%n",
                contender,
                success,
                p50,
                p99,
                attempts,
                usd,
                limited,
                regret,
                dead,
                detect,
                recover,
                micros,
                violations);
    }
}
