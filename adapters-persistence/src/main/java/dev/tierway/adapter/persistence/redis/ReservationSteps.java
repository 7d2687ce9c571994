package dev.tierway.adapter.persistence.redis;

import dev.tierway.adapter.persistence.StoreException;
import dev.tierway.application.port.out.QuotaStore.Result;
import dev.tierway.application.port.out.Reservation;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Left;
import dev.tierway.domain.quota.QuotaTime;
import dev.tierway.domain.quota.ReservationResult;
import dev.tierway.domain.quota.Reserving;
import dev.tierway.domain.quota.Usage;
import dev.tierway.domain.quota.WindowUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes and gives back. The script decides whether all of it is granted; what is left, and which limit binds for how long, is
 * the domain's arithmetic on the usages it answers.
 */
final class ReservationSteps {
    /** How a reservation ends, by the letter the script knows. */
    enum Ending {
        SETTLED("S"),
        UNKNOWN("U"),
        REFUNDED("A"),
        REFUNDED_BUT_REQUEST("B");

        private final String letter;

        Ending(String letter) {
            this.letter = letter;
        }

        private boolean charges() {
            return this == SETTLED || this == UNKNOWN;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(ReservationSteps.class);

    private final CountedSteps steps;
    private final RedisClocks clocks;
    private final KnownSpending known;
    private final MoneySteps money = new MoneySteps();
    /** The server's clock less ours, as last seen: which calendar windows to offer. */
    private final AtomicLong aheadMillis = new AtomicLong();

    ReservationSteps(CountedSteps steps, RedisClocks clocks, KnownSpending known) {
        this.steps = steps;
        this.clocks = clocks;
        this.known = known;
    }

    CompletionStage<Result> reserve(Reservation asked) {
        Wire.requireDistinct(asked.descriptors());
        CompletableFuture<Result> answer = asked(asked, false);
        CompletableFuture<Result> told = steps.inTime(answer);
        var unused = answer.thenAccept(late -> {
            // Whoever asked was told that it failed and won't end it. (Of one granted before, nothing is known: it
            // stays.)
            if (told.isCompletedExceptionally()
                    && late instanceof Result.Granted granted
                    && !granted.left().isEmpty()) {
                var unusedEnd = end(asked.attempt(), Ending.REFUNDED, Amounts.NONE);
            }
        });
        return told;
    }

    private CompletableFuture<Result> asked(Reservation asked, boolean again) {
        long millis = clocks.wallClock().epochMillis() + aheadMillis.get();
        List<String> args = steps.args();
        args.add(asked.attempt().toString());
        args.add(asked.attempt().callId());
        args.add(StoredMemo.text(asked));
        args.add(Integer.toString(asked.descriptors().size()));
        try {
            for (Descriptor descriptor : asked.descriptors()) {
                Wire.limit(args, descriptor, asked.estimate(), millis, clocks.zone());
            }
        } catch (StoreException tooLarge) {
            return CompletableFuture.failedFuture(tooLarge);
        }
        return steps.sent(RedisScript.RESERVE, args).thenCompose(reply -> {
            QuotaTime now = UsageReply.time(reply.get(1), clocks.zone());
            if ("T".equals(reply.getFirst())) {
                aheadMillis.set(now.epochMillis() - clocks.wallClock().epochMillis());
                return again
                        ? CompletableFuture.failedFuture(new StoreException(
                                "Redis' clock and ours run away from each other: see that both keep time"))
                        : asked(asked, true);
            }
            return CompletableFuture.completedFuture(result(asked, reply, now));
        });
    }

    private Result result(Reservation asked, List<Object> reply, QuotaTime now) {
        List<Descriptor> descriptors = asked.descriptors();
        if ("K".equals(reply.getFirst())) {
            return new Result.Granted(List.of());
        }
        List<Usage> usages = UsageReply.usages(descriptors, reply, 2);
        known.told(descriptors, usages);
        if ("G".equals(reply.getFirst())) {
            money.granted(asked, clocks.wallClock().epochMillis(), steps.losses());
            List<Left> left = new ArrayList<>(descriptors.size());
            for (int i = 0; i < descriptors.size(); i++) {
                left.add(Left.of(descriptors.get(i), usages.get(i)));
            }
            return new Result.Granted(left);
        }
        return switch (Reserving.reserve(descriptors, usages, asked.estimate(), now)) {
            case ReservationResult.Denied denied ->
                new Result.Denied(denied.binding(), denied.retryAfterNanos(), denied.available());
            case ReservationResult.Granted wrong ->
                throw new StoreException("Redis denied what the reference grants, of " + descriptors);
        };
    }

    /** Of an attempt whose reservation the server lost, what it cost is charged all the same. */
    CompletableFuture<List<Object>> end(AttemptId attempt, Ending how, Amounts actual) {
        return ended(attempt, how, actual).thenCompose(reply -> {
            if ((Long) reply.getFirst() == 1) {
                told(attempt, reply);
                money.ended(attempt, how, actual, (Long) reply.getLast());
                return CompletableFuture.completedFuture(reply);
            }
            Reservation lost = money.lost(attempt, steps.losses());
            money.gone(attempt);
            // Or it had ended, and is delivered again: then it is known, and neither of these changes anything.
            return lost == null || !how.charges()
                    ? CompletableFuture.completedFuture(reply)
                    : asked(lost, false)
                            .thenCompose(held -> ended(attempt, how, actual))
                            .whenComplete((done, error) -> money.gone(attempt));
        });
    }

    private CompletableFuture<List<Object>> ended(AttemptId attempt, Ending how, Amounts actual) {
        List<String> args = steps.args();
        args.add(attempt.toString());
        args.add(how.letter);
        Wire.amounts(args, actual);
        return steps.sent(RedisScript.END, args);
    }

    /** What is spent now of each budget that it was of. */
    private void told(AttemptId attempt, List<Object> reply) {
        Reservation asked = money.asked(attempt);
        for (int i = 1; asked != null && i + 1 < reply.size(); i += 2) {
            for (Descriptor descriptor : asked.descriptors()) {
                if (descriptor.key().equals(reply.get(i))
                        && UsageReply.usage(descriptor.limit(), (List<?>) reply.get(i + 1))
                                instanceof WindowUsage window) {
                    known.told(descriptor, window);
                }
            }
        }
    }

    /**
     * The server knows this instance's steps up to that one only, and budgets have been raised: what is open is held again, and
     * what has ended is no longer held. Doesn't wait; what follows on the connection comes after it.
     */
    void again(long step) {
        money.held().forEach(held -> watched(held.attempt(), asked(held, false)));
        money.endedAfter(step)
                .forEach(one -> watched(one.attempt(), ended(one.attempt(), one.how(), one.withoutMoney())));
    }

    private static void watched(AttemptId attempt, CompletableFuture<?> told) {
        var unused = told.whenComplete((done, error) -> {
            if (error != null) {
                LOG.warn("Redis could not be told again of {}: its budgets may count too much", attempt, error);
            }
        });
    }

    /** Attempts that began that long ago have expired. */
    void forgetExpired() {
        money.forgetBefore(
                clocks.wallClock().epochMillis() - clocks.reservation().toMillis());
    }
}
