package dev.tierway.application.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.application.fixture.FakeExecutor;
import dev.tierway.application.fixture.Recorded;
import dev.tierway.application.port.in.AccountStatus;
import dev.tierway.application.port.out.AccountAnswer;
import dev.tierway.application.port.out.AccountBalance;
import dev.tierway.application.port.out.AccountProbe;
import dev.tierway.application.port.out.AccountProbes;
import dev.tierway.domain.catalogue.Catalogue;
import dev.tierway.domain.catalogue.ProviderId;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.ManualClock;
import dev.tierway.domain.fleet.ReplicaRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** When vendors are asked what accounts have left, and what is kept of their answers. */
class AccountProberTest {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration EVERY = Duration.ofMinutes(5);
    private static final ProviderId ASKED = new ProviderId("asked");
    private static final AccountAnswer.Told TOLD =
            new AccountAnswer.Told(true, List.of(new AccountBalance("USD", null, new BigDecimal("4.50"), null)));

    private final ManualClock clock = new ManualClock();
    private final FakeExecutor executor = new FakeExecutor(clock);
    private final Recorded recorded = new Recorded();
    private final SplittableRandom chance = new SplittableRandom(7);
    private final ReplicaRegistry registry = Fleet.of("asked/m", "other/m").registry();
    private final Asked probe = new Asked();
    private final AccountProber prober =
            new AccountProber(registry, probe, executor, clock::nanos, chance::nextLong, List.of(recorded));

    /** Answers when a test says what. */
    private static final class Asked implements AccountProbe, AccountProbes {
        private final List<CompletableFuture<AccountAnswer>> open = new ArrayList<>();
        private Duration every = EVERY;

        @Override
        public Optional<Plan> of(ProviderId provider) {
            return provider.equals(ASKED) ? Optional.of(new Plan(this, every)) : Optional.empty();
        }

        @Override
        public CompletionStage<AccountAnswer> ask() {
            CompletableFuture<AccountAnswer> answer = new CompletableFuture<>();
            open.add(answer);
            return answer;
        }

        @Override
        public void close() {}
    }

    private void follow() {
        prober.follow();
        executor.turn();
    }

    private void answer(AccountAnswer answer) {
        probe.open.removeFirst().complete(answer);
        executor.turn();
    }

    private AccountStatus known() {
        return prober.of(ASKED, clock.nanos());
    }

    @Test
    void who_has_a_plan_is_asked_soon_and_then_again_and_again() {
        follow();
        executor.advance(SOON);
        assertThat(probe.open).hasSize(1);
        answer(TOLD);
        executor.advance(EVERY.multipliedBy(9).dividedBy(10).minusMillis(1));
        assertThat(probe.open).isEmpty();
        executor.advance(EVERY.dividedBy(5));
        assertThat(probe.open).hasSize(1);
    }

    @Test
    void who_is_planned_anew_is_asked_soon_and_what_was_told_before_counts_no_more() {
        follow();
        executor.advance(SOON);
        answer(TOLD);
        probe.every = EVERY.multipliedBy(2);

        follow();
        assertThat(known()).as("it may be another account").isEqualTo(new AccountStatus(null, List.of(), null, null));
        executor.advance(SOON);
        assertThat(probe.open).hasSize(1);
        answer(TOLD);
        executor.advance(EVERY.multipliedBy(3));
        assertThat(probe.open).as("by one timer").hasSize(1);
    }

    @Test
    void an_answer_of_the_plan_before_is_not_taken_for_one_of_the_new() {
        follow();
        executor.advance(SOON);
        probe.every = EVERY.multipliedBy(2);
        follow();

        answer(TOLD);

        assertThat(known()).isEqualTo(new AccountStatus(null, List.of(), null, null));
    }

    @Test
    void nobody_is_asked_twice_at_once() {
        follow();
        follow();
        executor.advance(EVERY.multipliedBy(3));
        assertThat(probe.open).hasSize(1);
    }

    @Test
    void who_is_not_asked_has_no_account_to_show() {
        follow();
        assertThat(prober.of(new ProviderId("other"), clock.nanos())).isNull();
        assertThat(known()).isEqualTo(new AccountStatus(null, List.of(), null, null));
    }

    @Test
    void what_was_told_is_kept_with_its_age_when_a_later_probe_fails() {
        follow();
        executor.advance(SOON);
        answer(TOLD);
        assertThat(known()).isEqualTo(new AccountStatus(true, TOLD.balances(), 0L, null));
        executor.advance(EVERY.multipliedBy(2));
        answer(new AccountAnswer.Failed("the vendor answered HTTP 503"));
        AccountStatus status = known();
        assertThat(status.balances()).isEqualTo(TOLD.balances());
        assertThat(status.toldAgoMillis()).isPositive();
        assertThat(status.failure()).isEqualTo("the vendor answered HTTP 503");
        executor.advance(EVERY.multipliedBy(2));
        answer(TOLD);
        assertThat(known().failure()).isNull();
    }

    @Test
    void an_error_of_the_probes_own_is_told_and_asked_again() {
        follow();
        executor.advance(SOON);
        probe.open.removeFirst().completeExceptionally(new IllegalStateException("ours"));
        executor.turn();
        assertThat(known().failure()).contains("see the log");
        assertThat(recorded.internalErrors).hasSize(1);
        executor.advance(EVERY.multipliedBy(2));
        assertThat(probe.open).hasSize(1);
    }

    @Test
    void a_provider_that_is_configured_away_is_asked_no_more() {
        follow();
        executor.advance(SOON);
        answer(TOLD);
        registry.swap(Catalogue.EMPTY);
        executor.advance(EVERY.multipliedBy(2));
        assertThat(probe.open).isEmpty();
        assertThat(known()).isNull();
    }

    @Test
    void after_the_end_nobody_is_asked() {
        follow();
        prober.close();
        executor.advance(EVERY.multipliedBy(2));
        assertThat(probe.open).isEmpty();
    }
}
