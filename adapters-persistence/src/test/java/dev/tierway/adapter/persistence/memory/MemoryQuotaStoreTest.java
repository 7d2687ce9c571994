package dev.tierway.adapter.persistence.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.adapter.persistence.ManualClock;
import dev.tierway.adapter.persistence.QuotaStoreContract;
import dev.tierway.adapter.persistence.Reservations;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Side;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryQuotaStoreTest implements QuotaStoreContract {
    private static final Amounts ONE = new Amounts(1, 1, 1, NanoUsd.ZERO);

    private final ManualClock clock = new ManualClock();
    private final MemoryQuotaStore store =
            new MemoryQuotaStore(clock, clock, ZoneOffset.UTC, RESERVATION, (memo, estimate) -> {});

    @Override
    public MemoryQuotaStore store() {
        return store;
    }

    @Override
    public ManualClock clock() {
        return clock;
    }

    @Test
    void what_nobody_ended_is_counted() {
        Answers.of(store.reserve(Reservations.of(new AttemptId("forgotten", 1), List.of(TOKENS), ONE)));
        Answers.of(store.reserve(Reservations.of(new AttemptId("ended", 1), List.of(TOKENS), ONE)));
        Answers.of(store.settle(new AttemptId("ended", 1), ONE));
        clock.advance(RESERVATION);

        assertThat(store.used(TOKENS)).isZero();
        assertThat(store.expired()).isEqualTo(1);
        assertThat(store.open()).isZero();
    }

    @Test
    void owners_that_are_gone_are_forgotten() {
        for (int n = 0; n < 1000; n++) {
            AttemptId attempt = new AttemptId("call" + n, 1);
            Answers.of(store.reserve(Reservations.of(attempt, List.of(requestsOf("key:" + n)), ONE)));
            Answers.of(store.settle(attempt, ONE));
            clock.advance(Duration.ofMinutes(1));
        }
        assertThat(store.remembered()).isLessThan(10);
    }

    @Test
    void owners_in_use_or_in_debt_are_not_forgotten() {
        AttemptId late = new AttemptId("late", 1);
        Answers.of(store.reserve(Reservations.of(late, List.of(requestsOf("key:late")), ONE)));
        clock.advance(Duration.ofMinutes(5));
        touchOthers();
        Answers.of(store.settle(late, new Amounts(100, 0, 0, NanoUsd.ZERO)));
        clock.advance(Duration.ofSeconds(1));
        touchOthers();

        assertThat(store.used(requestsOf("key:late"))).isEqualTo(98);
    }

    /** New owners are what makes the store look at old ones. */
    private void touchOthers() {
        for (int n = 0; n < 50; n++) {
            Descriptor other = requestsOf("key:" + clock.nanos() + "-" + n);
            Answers.of(store.reserve(Reservations.of(new AttemptId("other" + clock.nanos(), n), List.of(other), ONE)));
        }
    }

    @Test
    void one_limit_listed_twice_is_a_mistake_that_takes_nothing() {
        assertThatThrownBy(() ->
                        store.reserve(Reservations.of(new AttemptId("c", 1), List.of(TOKENS, REQUESTS, TOKENS), ONE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("listed twice");

        assertThat(store.used(TOKENS)).isZero();
        assertThat(store.open()).isZero();
    }

    private static Descriptor requestsOf(String owner) {
        return new Descriptor(owner, Side.CALLER, Limit.per(Dimension.REQUESTS, 100, Duration.ofMinutes(1)));
    }
}
