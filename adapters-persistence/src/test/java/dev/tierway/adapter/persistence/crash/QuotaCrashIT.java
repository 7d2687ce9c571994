package dev.tierway.adapter.persistence.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.adapter.persistence.crash.DurableStore.Opened;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Left;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kill −9 at random points: nothing that was answered is lost, nothing is charged twice, what was in flight is free again, and
 * the next start is quick. Every store is killed {@code tierway.crash.rounds} times, by default 20; the same store all the time.
 */
class QuotaCrashIT {
    private static final int ROUNDS = Integer.getInteger("tierway.crash.rounds", 20);
    private static final long SEED = Long.getLong("tierway.crash.seed", System.nanoTime());
    private static final Duration RESTART = Duration.ofSeconds(5);
    private static final Duration LEASE = Duration.ofSeconds(15);

    @TempDir
    Path folder;

    @Test
    void the_embedded_store_survives_kill_9() throws Exception {
        survives(DurableStore.EMBEDDED, folder.resolve("tierway.db").toString());
    }

    private static void survives(DurableStore store, String where) throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        Map<String, List<Long>> verified = new LinkedHashMap<>();
        long acknowledged = 0;
        long slowest = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String run = "seed" + SEED + "-round" + round;
            int[] steps = runAndDie(store, where, run, random);
            acknowledged += steps[0] + steps[1] + steps[2] + steps[3];
            long before = System.nanoTime();
            try (Opened opened = store.open(where, (memo, estimate) -> {})) {
                List<Long> used = used(opened, run);
                slowest = Math.max(slowest, System.nanoTime() - before);
                assertThat(used)
                        .as("%s after %s %s %s %s steps", run, steps[0], steps[1], steps[2], steps[3])
                        .isIn(possible(run, steps));
                verified.put(run, used);
                awaitFree(opened, Plan.slots(run));
            }
        }
        try (Opened opened = store.open(where, (memo, estimate) -> {})) {
            for (Map.Entry<String, List<Long>> run : verified.entrySet()) {
                assertThat(used(opened, run.getKey())).as(run.getKey()).isEqualTo(run.getValue());
            }
        }
        System.out.printf(
                "%s: killed %d times, %d steps were answered, slowest start %d ms, seed %d%n",
                store, ROUNDS, acknowledged, TimeUnit.NANOSECONDS.toMillis(slowest), SEED);
        assertThat(Duration.ofNanos(slowest)).isLessThan(RESTART);
        assertThat(acknowledged).as("the killer must not always come too early").isGreaterThan(ROUNDS);
    }

    /** How many steps of each worker were answered before it died. */
    private static int[] runAndDie(DurableStore store, String where, String run, SplittableRandom random)
            throws Exception {
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xshare:auto",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "--enable-native-access=ALL-UNNAMED",
                        Victim.class.getName(),
                        store.name(),
                        where,
                        run)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int[] steps = new int[Plan.WORKERS];
        try (InputStream output = victim.getInputStream()) {
            // Now and then while it starts, else while it works.
            int most = random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(300);
            for (int n = 0; n < most; n++) {
                count(output.read(), steps);
            }
            long until = System.nanoTime() + random.nextLong(most == 0 ? 400_000_000 : 3_000_000);
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            // By its handle: killing it through the process would close what it has already written.
            victim.toHandle().destroyForcibly();
            for (int read = output.read(); read >= 0; read = output.read()) {
                count(read, steps);
            }
        } finally {
            victim.destroyForcibly();
        }
        assertThat(victim.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(victim.exitValue()).as("killed, not ended").isEqualTo(137);
        return steps;
    }

    private static void count(int read, int[] steps) throws IOException {
        if (read < '0' || read >= '0' + Plan.WORKERS) {
            throw new IOException("the victim said " + read);
        }
        steps[read - '0']++;
    }

    /** Of every worker's own limits, and last of the common one. */
    private static List<Long> used(Opened opened, String run) {
        List<Descriptor> limits = new ArrayList<>();
        Plan.of(run).forEach(plan -> limits.addAll(plan.own()));
        limits.add(Plan.shared(run));
        return Answers.of(opened.store().left(limits)).stream()
                .map(QuotaCrashIT::used)
                .toList();
    }

    private static long used(Left left) {
        return left.descriptor().limit().amount() - left.available();
    }

    /** Each worker's last step may have been done without being answered. */
    private static List<List<Long>> possible(String run, int[] steps) {
        List<List<Long>> all = new ArrayList<>();
        for (int more = 0; more < 1 << Plan.WORKERS; more++) {
            List<Long> used = new ArrayList<>();
            long shared = 0;
            for (int worker = 0; worker < Plan.WORKERS; worker++) {
                Plan.Used of = Plan.after(run, worker, steps[worker] + (more >> worker & 1));
                used.addAll(of.own());
                shared += of.shared();
            }
            used.add(shared);
            all.add(used);
        }
        return all;
    }

    private static void awaitFree(Opened opened, Descriptor slots) {
        long giveUp = System.nanoTime() + LEASE.toNanos();
        while (used(Answers.of(opened.store().left(List.of(slots))).getFirst()) > 0) {
            assertThat(System.nanoTime())
                    .as("calls in flight of a dead process")
                    .isLessThan(giveUp);
            Thread.onSpinWait();
        }
    }
}
