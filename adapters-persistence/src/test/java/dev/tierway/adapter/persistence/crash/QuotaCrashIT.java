package dev.tierway.adapter.persistence.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.adapter.persistence.crash.DurableStore.Opened;
import dev.tierway.adapter.persistence.postgresql.PostgresServer;
import dev.tierway.adapter.persistence.redis.RedisProcess;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Left;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kill −9 at random points: nothing that was answered is lost, nothing is charged twice, what was in flight is free again, and
 * the next start is quick. Every store is killed {@code tierway.crash.rounds} times, by default 20; the same store all the time.
 * Of a store on a server the process that uses it is killed.
 */
class QuotaCrashIT {
    private static final int ROUNDS = Integer.getInteger("tierway.crash.rounds", 20);
    private static final long SEED = Long.getLong("tierway.crash.seed", System.nanoTime());
    /** Promised are 5 s and 15 s, and what was measured is printed; a starved machine gets more, a hang doesn't. */
    private static final Duration RESTART = Duration.ofSeconds(30);

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final long POLL_NANOS = Duration.ofMillis(10).toNanos();

    @TempDir
    Path folder;

    /**
     * @param steps answered, of each worker
     * @param killedAt of {@link System#nanoTime}
     */
    private record Round(String run, int[] steps, long killedAt, List<Long> used) {}

    /** All kills of one store. */
    private record Trial(DurableStore store, String where, List<Round> rounds, long slowestNanos, long held) {}

    @Test
    void the_embedded_store_survives_kill_9() throws Exception {
        survived(killed(DurableStore.EMBEDDED, folder.resolve("tierway.db").toString()));
    }

    @Test
    void limits_on_servers_survive_kill_9() throws Exception {
        try (RedisProcess server = RedisProcess.start();
                ExecutorService meanwhile = Executors.newVirtualThreadPerTaskExecutor()) {
            Trial redis = killed(DurableStore.REDIS, server.url());
            // Leases take their time: the next store's turn.
            Future<?> looked = meanwhile.submit(() -> {
                survived(redis);
                return redis;
            });
            String database = "postgresql://localhost:" + PostgresServer.port() + "/" + PostgresServer.database();
            survived(killed(DurableStore.POSTGRESQL, database));
            looked.get();
        }
    }

    private static Trial killed(DurableStore store, String where) throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        List<Round> rounds = new ArrayList<>();
        long slowest = 0;
        long held = 0;
        // What this process needs for its very first look is not the store's.
        store.open(where, (memo, estimate) -> {}).close();
        for (int number = 0; number < ROUNDS; number++) {
            String run = "seed" + SEED + "-round" + number;
            int[] steps = runAndDie(store, where, run, random);
            long killedAt = System.nanoTime();
            try (Opened opened = store.open(where, (memo, estimate) -> {})) {
                Round round = new Round(run, steps, killedAt, used(opened, run));
                slowest = Math.max(slowest, System.nanoTime() - killedAt);
                assertPossible(round, round.used);
                rounds.add(round);
                held += held(opened, run);
            }
        }
        return new Trial(store, where, rounds, slowest, held);
    }

    private static void survived(Trial trial) throws Exception {
        long freed = 0;
        try (Opened opened = trial.store.open(trial.where, (memo, estimate) -> {})) {
            for (Round round : trial.rounds) {
                freed = Math.max(freed, awaitFree(opened, round));
            }
            for (Round round : trial.rounds) {
                List<Long> used = used(opened, round.run);
                assertPossible(round, used);
                if (!trial.store.isElsewhere()) {
                    assertThat(used).as(round.run).isEqualTo(round.used);
                }
            }
        }
        long acknowledged = trial.rounds.stream()
                .mapToLong(round -> Arrays.stream(round.steps).sum())
                .sum();
        System.out.printf(
                "%s: killed %d times, %d steps were answered, slowest start %d ms, %d slots were held and free after %d"
                        + " ms, seed %d%n",
                trial.store,
                ROUNDS,
                acknowledged,
                TimeUnit.NANOSECONDS.toMillis(trial.slowestNanos),
                trial.held,
                TimeUnit.NANOSECONDS.toMillis(freed),
                SEED);
        assertThat(Duration.ofNanos(trial.slowestNanos)).isLessThan(RESTART);
        assertThat(acknowledged).as("the killer must not always come too early").isGreaterThan(ROUNDS);
        assertThat(trial.held > 0).as("held by the dead: %s", trial.held).isEqualTo(trial.store.isElsewhere());
    }

    private static void assertPossible(Round round, List<Long> used) {
        assertThat(used)
                .as("%s after %s steps", round.run, Arrays.toString(round.steps))
                .isIn(possible(round.run, round.steps));
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

    private static long held(Opened opened, String run) {
        return used(Answers.of(opened.store().left(List.of(Plan.slots(run)))).getFirst());
    }

    /** How long after the kill they became free; 0 if they were already. */
    private static long awaitFree(Opened opened, Round round) {
        for (boolean first = true; ; first = false) {
            long held = held(opened, round.run);
            long since = System.nanoTime() - round.killedAt;
            if (held == 0) {
                return first ? 0 : since;
            }
            assertThat(Duration.ofNanos(since))
                    .as("%s calls in flight of a dead process", held)
                    .isLessThan(LEASE);
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
