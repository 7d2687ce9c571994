package dev.tierway.adapter.persistence.redis;

import dev.tierway.adapter.persistence.redis.ReservationSteps.Ending;
import dev.tierway.application.port.out.Reservation;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Period;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** This instance's attempts that hold money, and those that lately held some: what a server may have lost of them. */
final class MoneySteps {
    /** Longer than any server lags behind; of more, those that the server still holds stay charged as estimated. */
    private static final int MOST_ENDED = 10_000;

    private record Open(Reservation asked, long atMillis, long losses) {}

    /**
     * An attempt that has ended.
     *
     * @param step the one that ended it
     */
    record Ended(AttemptId attempt, Ending how, Amounts actual, long step) {
        /** What it was charged is in what the budgets count as spent; only the hold has to go. */
        Amounts withoutMoney() {
            return new Amounts(
                    actual.requests(), actual.inputTokens(), actual.outputTokens(), NanoUsd.ZERO, NanoUsd.ZERO);
        }
    }

    private final Map<AttemptId, Open> open = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Ended> ended = new ArrayDeque<>();

    static boolean isMoney(Descriptor descriptor) {
        return descriptor.limit().dimension() == Dimension.MONEY && Period.of(descriptor.limit()) != null;
    }

    /** @param losses how often the server had been found to have lost something */
    void granted(Reservation asked, long epochMillis, long losses) {
        for (Descriptor descriptor : asked.descriptors()) {
            if (isMoney(descriptor)) {
                open.put(asked.attempt(), new Open(asked, epochMillis, losses));
                return;
            }
        }
    }

    /** What an open attempt asked for; null: it holds no money, or isn't open. */
    @Nullable
    Reservation asked(AttemptId attempt) {
        Open known = open.get(attempt);
        return known == null ? null : known.asked;
    }

    /** What the server may have lost of an open attempt: it was granted before that many losses; null: nothing. */
    @Nullable
    Reservation lost(AttemptId attempt, long losses) {
        Open known = open.get(attempt);
        return known == null || known.losses >= losses ? null : money(known.asked);
    }

    void ended(AttemptId attempt, Ending how, Amounts actual, long step) {
        if (open.remove(attempt) == null) {
            return;
        }
        lock.lock();
        try {
            ended.add(new Ended(attempt, how, actual, step));
            if (ended.size() > MOST_ENDED) {
                ended.removeFirst();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Nobody ended it where it was, or it was not there. */
    void gone(AttemptId attempt) {
        open.remove(attempt);
    }

    /** Those that began before have expired. */
    void forgetBefore(long epochMillis) {
        open.values().removeIf(one -> one.atMillis < epochMillis);
    }

    /** What is held of budgets, as reservations that nothing denies: it was granted before. */
    List<Reservation> held() {
        return open.values().stream().map(one -> money(one.asked)).toList();
    }

    static Reservation money(Reservation asked) {
        List<Descriptor> money = new ArrayList<>();
        for (Descriptor one : asked.descriptors()) {
            if (isMoney(one)) {
                money.add(new Descriptor(one.owner(), one.side(), one.limit(), false, one.reserves()));
            }
        }
        return new Reservation(money, asked.estimate(), asked.memo());
    }

    /** Attempts that ended in a later step. */
    List<Ended> endedAfter(long step) {
        lock.lock();
        try {
            return ended.stream().filter(one -> one.step > step).toList();
        } finally {
            lock.unlock();
        }
    }
}
