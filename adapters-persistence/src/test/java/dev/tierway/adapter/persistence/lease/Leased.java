package dev.tierway.adapter.persistence.lease;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.adapter.persistence.ManualClock;
import dev.tierway.adapter.persistence.Reservations;
import dev.tierway.application.port.out.QuotaStore;
import dev.tierway.application.port.out.QuotaStore.Result;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One instance before a store, at the test's time. */
final class Leased {
    static final ShareOptions OPTIONS = new ShareOptions(0.05, Duration.ofSeconds(1));
    static final Descriptor TOKENS = domain(Limit.per(Dimension.TOKENS, 6_000, Duration.ofMinutes(1)));
    static final Descriptor REQUESTS = domain(Limit.per(Dimension.REQUESTS, 600, Duration.ofMinutes(1)));
    static final long MOST = OPTIONS.most(TOKENS.limit());

    final List<AttemptId> expired = new ArrayList<>();
    final LeasedQuotaStore store;

    Leased(QuotaStore shared, ManualClock clock, String instance) {
        store = new LeasedQuotaStore(
                shared,
                OPTIONS,
                clock,
                SharedBook.RESERVATION,
                (memo, estimate) -> expired.add(memo.attempt()),
                instance,
                tick -> () -> {});
    }

    /** Enough calls to make a share worth having, each of ten tokens. */
    Leased busy() {
        for (int i = 0; i < 40; i++) {
            reserve("busy" + i, 10, TOKENS);
            settle("busy" + i, 10);
        }
        return this;
    }

    Result reserve(String call, long tokens, Descriptor... limits) {
        return Answers.of(store.reserve(Reservations.of(attempt(call), List.of(limits), tokens(tokens))));
    }

    void settle(String call, long tokens) {
        Answers.of(store.settle(attempt(call), tokens(tokens)));
    }

    /** Attempts admitted here so far. */
    long here() {
        return store.report().admittedHere();
    }

    static AttemptId attempt(String call) {
        return new AttemptId(call, 1);
    }

    static Amounts tokens(long amount) {
        return new Amounts(1, amount, 0, NanoUsd.ZERO);
    }

    static Descriptor domain(Limit limit) {
        return new Descriptor("domain:a", Side.DOMAIN, limit);
    }
}
