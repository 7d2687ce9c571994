package dev.tierway.adapter.persistence.crash;

import dev.tierway.adapter.persistence.Reservations;
import dev.tierway.application.port.out.QuotaStore;
import dev.tierway.application.port.out.QuotaStore.Result;
import dev.tierway.domain.call.Action.Refund.Extent;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Ending;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Period;
import dev.tierway.domain.quota.QuotaBook;
import dev.tierway.domain.quota.QuotaTime;
import dev.tierway.domain.quota.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;

/**
 * What one worker does, known beforehand: the one who dies carries it out, the one who looks afterwards works out what has to
 * be there after each of its steps. Windows are so long that nothing leaks away meanwhile.
 */
final class Plan {
    static final int WORKERS = 4;

    /** The longest that all stores count in. */
    private static final Duration AGES = Duration.ofDays(100);
    /** One of it leaks in half an hour. */
    private static final long PLENTY = 5_000;

    private static final QuotaTime TIME = QuotaTime.utc(0, 0);

    /** The next step; null in {@link #ending} is a reservation. */
    record Step(AttemptId attempt, Amounts amounts, Ending ending) {}

    private final String name;
    private final SplittableRandom random;
    private final List<Descriptor> own;
    private final Descriptor shared;
    private final Descriptor slots;
    private final List<AttemptId> held = new ArrayList<>();
    private int reservations;

    private Plan(String run, int worker) {
        this.name = run + "-worker" + worker;
        this.random = new SplittableRandom(name.hashCode());
        this.shared = shared(run);
        this.slots = slots(run);
        this.own = List.of(
                new Descriptor("domain:" + name, Side.DOMAIN, Limit.per(Dimension.REQUESTS, PLENTY, AGES)),
                new Descriptor("domain:" + name, Side.DOMAIN, Limit.per(Dimension.TOKENS, PLENTY, AGES)),
                new Descriptor("key:" + name, Side.CALLER, Limit.per(Dimension.REQUESTS, PLENTY, AGES)),
                new Descriptor("budget:" + name, Side.CALLER, Period.TOTAL.limit(1_000_000_000)));
    }

    static List<Plan> of(String run) {
        List<Plan> plans = new ArrayList<>();
        for (int worker = 0; worker < WORKERS; worker++) {
            plans.add(new Plan(run, worker));
        }
        return plans;
    }

    /** A budget of all workers. */
    static Descriptor shared(String run) {
        return new Descriptor("budget:" + run, Side.CALLER, Period.TOTAL.limit(1_000_000_000));
    }

    /** Calls in flight of all workers. */
    static Descriptor slots(String run) {
        return new Descriptor("domain:" + run, Side.DOMAIN, Limit.concurrency(1000));
    }

    List<Descriptor> own() {
        return own;
    }

    private List<Descriptor> all() {
        List<Descriptor> all = new ArrayList<>(own);
        all.add(shared);
        all.add(slots);
        return all;
    }

    private Step next() {
        boolean reserve = held.isEmpty() || (held.size() < 4 && random.nextBoolean());
        Amounts amounts = new Amounts(
                1, 1 + random.nextInt(5), 1 + random.nextInt(5), new NanoUsd(1 + (1L << random.nextInt(12))));
        if (reserve) {
            AttemptId attempt = new AttemptId(name + "-call" + reservations++, 1);
            held.add(attempt);
            return new Step(attempt, amounts, null);
        }
        AttemptId attempt = held.remove(random.nextInt(held.size()));
        return new Step(
                attempt,
                amounts,
                switch (random.nextInt(4)) {
                    case 0 -> new Ending.Unknown(amounts);
                    case 1 -> new Ending.Refunded();
                    case 2 -> new Ending.RefundedButRequest();
                    default -> new Ending.Settled(amounts);
                });
    }

    /** The next step, for real. */
    CompletionStage<?> take(QuotaStore store) {
        Step step = next();
        return switch (step.ending) {
            case null ->
                store.reserve(Reservations.of(step.attempt, all(), step.amounts))
                        .thenApply(Plan::granted);
            case Ending.Settled settled -> store.settle(step.attempt, settled.actual());
            case Ending.Unknown unknown -> store.settleUnknown(step.attempt, unknown.seen());
            case Ending.Refunded refunded -> store.refund(step.attempt, Extent.ALL);
            case Ending.RefundedButRequest refunded -> store.refund(step.attempt, Extent.ALL_BUT_REQUEST);
            case Ending.Expired expired -> throw new AssertionError();
        };
    }

    private static Result granted(Result result) {
        if (result instanceof Result.Denied denied) {
            throw new AssertionError("nothing should be denied: " + denied);
        }
        return result;
    }

    /**
     * What is used after some steps, once nothing is in flight any more.
     *
     * @param own of each own limit
     * @param shared of the common budget
     */
    record Used(List<Long> own, long shared) {}

    /** After that many of its first steps. */
    static Used after(String run, int worker, int steps) {
        Plan plan = new Plan(run, worker);
        QuotaBook book = new QuotaBook(Long.MAX_VALUE, Long.MAX_VALUE);
        for (int i = 0; i < steps; i++) {
            Step step = plan.next();
            String call = step.attempt.callId();
            if (step.ending == null) {
                book.reserve(call, 1, plan.all(), step.amounts, TIME);
            } else {
                book.end(call, 1, step.ending, TIME);
            }
        }
        return new Used(
                plan.own.stream().map(limit -> book.usage(limit, TIME).used()).toList(),
                book.usage(plan.shared, TIME).used());
    }
}
