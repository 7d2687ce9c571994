package dev.tierway.adapter.persistence.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.adapter.persistence.ManualClock;
import dev.tierway.adapter.persistence.Reservations;
import dev.tierway.application.port.out.QuotaStore.Result;
import dev.tierway.domain.call.Action.Refund.Extent;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Ending;
import dev.tierway.domain.quota.Left;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Period;
import dev.tierway.domain.quota.QuotaBook;
import dev.tierway.domain.quota.QuotaTime;
import dev.tierway.domain.quota.ReservationResult;
import dev.tierway.domain.quota.Side;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * The embedded store against the domain's exact reference, through restarts and crashes. The reference lives on; a restart
 * changes the names of what is kept in memory only, and lets everything open expire.
 */
class EmbeddedQuotaStoreProperties {
    private static final Duration RESERVATION = Duration.ofSeconds(20);
    private static final int STEPS = 1000;
    private static final List<Descriptor> LIMITS = List.of(
            new Descriptor("domain:a", Side.DOMAIN, Limit.per(Dimension.REQUESTS, 40, Duration.ofMinutes(1))),
            new Descriptor("domain:a", Side.DOMAIN, Limit.per(Dimension.REQUESTS, 60, Duration.ofMinutes(2))),
            new Descriptor("domain:a", Side.DOMAIN, new Limit(Dimension.TOKENS, 20_000, Duration.ofMinutes(3), 9000)),
            new Descriptor("domain:a", Side.DOMAIN, Limit.concurrency(4)),
            new Descriptor("key:k", Side.CALLER, Limit.per(Dimension.REQUESTS, 1_700, Duration.ofDays(1))),
            new Descriptor("key:k", Side.CALLER, Limit.per(Dimension.INPUT_TOKENS, 7_777, Duration.ofSeconds(77))),
            new Descriptor("key:k", Side.CALLER, Limit.concurrency(3)),
            new Descriptor("budget:h", Side.CALLER, Period.HOUR.limit(90_000)),
            new Descriptor("budget:t", Side.CALLER, Period.TOTAL.limit(900_000)));

    private final ManualClock clock = new ManualClock();
    private final QuotaBook book = new QuotaBook(RESERVATION.toNanos(), RESERVATION.toNanos());
    private final List<CompletionStage<Result>> answers = new ArrayList<>();
    private final List<Result> expected = new ArrayList<>();
    /** What isn't answered yet may be lost in a crash. */
    private final List<CompletionStage<?>> endings = new ArrayList<>();

    private final Set<AttemptId> granted = new HashSet<>();
    private int life;
    private int crashes;

    @Property(tries = 100)
    void it_answers_as_the_reference_does_through_restarts_and_crashes(@ForAll long seed) throws IOException {
        Path folder = Files.createTempDirectory("tierway-quota");
        EmbeddedQuotaStoreProperties run = new EmbeddedQuotaStoreProperties();
        try {
            run.history(new SplittableRandom(seed), folder);
        } finally {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.deleteIfExists(file);
                }
            }
            Files.deleteIfExists(folder);
        }
    }

    private void history(SplittableRandom random, Path folder) {
        QuotaFiles files = open(folder.resolve("tierway.db"));
        for (int step = 0; step < STEPS; step++) {
            clock.advance(pause(random));
            if (random.nextInt(400) == 0) {
                assertAnswers();
                files = random.nextBoolean() ? reopened(files) : crashed(files, folder);
                expireAll();
            }
            step(random, files.store());
            for (Descriptor limit : LIMITS) {
                assertThat(files.store().used(limit))
                        .as("%s at step %s", limit.key(), step)
                        .isEqualTo(book.usage(known(limit), now()).used());
            }
        }
        assertAnswers();
        files.close();
    }

    private QuotaFiles open(Path path) {
        return QuotaFiles.open(path, clock, RESERVATION, (memo, estimate) -> {});
    }

    private QuotaFiles reopened(QuotaFiles files) {
        files.close();
        return open(files.path());
    }

    /** Everything answered is on disk. */
    private QuotaFiles crashed(QuotaFiles files, Path folder) {
        Path copy = QuotaFiles.asCrashed(files.path(), folder.resolve("crashed" + crashes++ + ".db"), 0);
        files.close();
        return open(copy);
    }

    private void expireAll() {
        for (int call = 0; call < 10; call++) {
            book.end(call(call), 1, new Ending.Expired(), now());
            book.end(call(call), 2, new Ending.Expired(), now());
        }
        life++;
    }

    private void assertAnswers() {
        for (int i = 0; i < answers.size(); i++) {
            assertThat(Answers.of(answers.get(i))).isEqualTo(expected.get(i));
        }
        answers.clear();
        expected.clear();
        endings.forEach(ending ->
                ending.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join());
        endings.clear();
    }

    private static Duration pause(SplittableRandom random) {
        return Duration.ofMillis(
                switch (random.nextInt(20)) {
                    case 0 -> random.nextInt(300_000);
                    case 1, 2, 3, 4, 5 -> 0;
                    default -> random.nextInt(3_000);
                });
    }

    private void step(SplittableRandom random, EmbeddedQuotaStore store) {
        AttemptId attempt = new AttemptId(call(random.nextInt(10)), 1 + random.nextInt(2));
        Amounts amounts = new Amounts(1, random.nextInt(400), random.nextInt(400), new NanoUsd(random.nextInt(4000)));
        switch (random.nextInt(13)) {
            case 0, 1 -> {
                answered(store.settle(attempt, amounts));
                end(attempt, new Ending.Settled(amounts));
            }
            case 2 -> {
                answered(store.settleUnknown(attempt, amounts));
                end(attempt, new Ending.Unknown(amounts));
            }
            case 3 -> {
                answered(store.refund(attempt, Extent.ALL));
                end(attempt, new Ending.Refunded());
            }
            case 4 -> {
                answered(store.refund(attempt, Extent.ALL_BUT_REQUEST));
                end(attempt, new Ending.RefundedButRequest());
            }
            case 5, 6 -> {
                answered(store.finish(attempt.callId()));
                book.finish(attempt.callId(), now());
            }
            default -> reserve(attempt, limits(random), amounts, store);
        }
    }

    private void answered(CompletionStage<?> ending) {
        assertThat(ending.toCompletableFuture()).isNotCompletedExceptionally();
        endings.add(ending);
    }

    private void end(AttemptId attempt, Ending ending) {
        book.end(attempt.callId(), attempt.n(), ending, now());
    }

    private void reserve(AttemptId attempt, List<Descriptor> limits, Amounts estimate, EmbeddedQuotaStore store) {
        answers.add(store.reserve(Reservations.of(attempt, limits, estimate)));
        List<Descriptor> known = limits.stream().map(this::known).toList();
        expected.add(
                switch (book.reserve(attempt.callId(), attempt.n(), known, estimate, now())) {
                    case ReservationResult.Granted yes ->
                        new Result.Granted(granted.add(attempt) ? left(yes, limits) : List.of());
                    case ReservationResult.Denied denied ->
                        new Result.Denied(
                                limits.get(known.indexOf(denied.binding())),
                                denied.retryAfterNanos(),
                                denied.available());
                });
    }

    private static List<Left> left(ReservationResult.Granted granted, List<Descriptor> limits) {
        List<Left> left = new ArrayList<>();
        for (Left one : granted.left()) {
            left.add(new Left(limits.get(left.size()), one.available(), one.restNanos(), one.exceeded()));
        }
        return left;
    }

    private static List<Descriptor> limits(SplittableRandom random) {
        List<Descriptor> some = new ArrayList<>(LIMITS);
        some.removeIf(limit -> random.nextInt(3) == 0);
        return some.isEmpty() ? List.of(LIMITS.getLast()) : some;
    }

    private String call(int n) {
        return "life" + life + "-call" + n;
    }

    /** Its name in the reference, where nothing is ever forgotten. */
    private Descriptor known(Descriptor limit) {
        return SqliteUsageJournal.keeps(limit)
                ? limit
                : new Descriptor(limit.owner() + "#" + life, limit.side(), limit.limit());
    }

    private QuotaTime now() {
        return QuotaTime.utc(clock.nanos(), clock.epochMillis());
    }
}
