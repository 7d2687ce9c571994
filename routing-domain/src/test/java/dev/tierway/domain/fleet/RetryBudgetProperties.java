package dev.tierway.domain.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.catalogue.Replica;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.Transformer;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/** The retry budgets of two providers and their gateway, beside a list of everything that happened. */
class RetryBudgetProperties {
    private static final long SECOND = 1_000_000_000L;
    private static final int WINDOW_SECONDS = 10;

    @Property(tries = 1000)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void a_charged_attempt_is_let_in_exactly_while_both_budgets_have_room(
            @ForAll("traffic") ActionChain<Traffic> chain) {
        Traffic traffic = chain.withInvariant("counts are those of the list", Traffic::countsAreRight)
                .run();
        Statistics.label("refused")
                .collect(traffic.refused > 0)
                .coverage(seen -> seen.check(true).percentage(share -> share > 10));
        Statistics.label("taken back late")
                .collect(traffic.late > 0)
                .coverage(seen -> seen.check(true).percentage(share -> share > 5));
    }

    @Provide
    Arbitrary<ActionChain<Traffic>> traffic() {
        return ActionChain.startWith(Traffic::new)
                .withAction(6, some("first", (traffic, n) -> traffic.attempt(n % 2, true, false)))
                .withAction(5, some("charged", (traffic, n) -> traffic.attempt(n % 2, false, true)))
                .withAction(1, some("first and charged", (traffic, n) -> traffic.attempt(n % 2, true, true)))
                .withAction(1, some("free spill", (traffic, n) -> traffic.attempt(n % 2, false, false)))
                .withAction(2, some("never sent", Traffic::takeBack))
                .withAction(2, some("delivered", Traffic::deliver))
                .withAction(2, some("waits ms", (traffic, n) -> traffic.clock.advance(Duration.ofMillis(n * 3L))))
                .withAction(1, some("waits s", (traffic, n) -> traffic.clock.advance(Duration.ofSeconds(n % 15))))
                .withMaxTransformations(120);
    }

    private interface Doing {
        void with(Traffic traffic, int number);
    }

    private static Action.Independent<Traffic> some(String what, Doing doing) {
        return () -> Arbitraries.integers()
                .between(0, 999)
                .map(number -> Transformer.mutate(what + " " + number, traffic -> doing.with(traffic, number)));
    }

    /** @param second in which it was let in */
    private record Attempt(int provider, boolean first, boolean charged, long second, Permit permit) {}

    /** What happens at two providers. */
    static final class Traffic {
        private static final RetryBudget.Rule RULE = new RetryBudget.Rule(0.2, 3);

        private final ManualClock clock = new ManualClock();
        private final ReplicaRegistry registry = Fleet.of("p0/m", "p1/m").registry();
        private final List<Attempt> counted = new ArrayList<>();
        private final List<Attempt> open = new ArrayList<>();
        private int refused;
        private int late;

        private Replica replica(int provider) {
            return Objects.requireNonNull(registry.catalogue().replica(new ReplicaId("p" + provider + "/m")));
        }

        private long second() {
            return Math.floorDiv(clock.nanos(), SECOND);
        }

        void attempt(int provider, boolean first, boolean charged) {
            boolean room = room(one -> one.provider == provider) && room(one -> true);
            PermitResult result =
                    registry.acquire(new PermitRequest(replica(provider), false, first, charged, RULE), clock.nanos());

            assertThat(result instanceof PermitResult.Granted).isEqualTo(!charged || room);
            if (result instanceof PermitResult.Granted(Permit permit)) {
                Attempt attempt = new Attempt(provider, first, charged, second(), permit);
                counted.add(attempt);
                open.add(attempt);
            } else {
                refused++;
            }
        }

        private boolean room(Predicate<Attempt> whose) {
            return charged(whose) + 1 <= Math.max(RULE.minimum(), RULE.share() * first(whose));
        }

        private long charged(Predicate<Attempt> whose) {
            return count(whose, one -> one.charged);
        }

        private long first(Predicate<Attempt> whose) {
            return count(whose, one -> one.first && !one.charged);
        }

        private long count(Predicate<Attempt> whose, Predicate<Attempt> what) {
            return counted.stream()
                    .filter(one -> one.second > second() - WINDOW_SECONDS)
                    .filter(whose)
                    .filter(what)
                    .count();
        }

        void takeBack(int which) {
            if (!open.isEmpty()) {
                Attempt attempt = open.remove(which % open.size());
                late += attempt.second <= second() - WINDOW_SECONDS ? 1 : 0;
                counted.remove(attempt);
                registry.release(attempt.permit, new PermitOutcome.Unused(), clock.nanos());
            }
        }

        void deliver(int which) {
            if (!open.isEmpty()) {
                Attempt attempt = open.remove(which % open.size());
                registry.release(attempt.permit, new PermitOutcome.Succeeded(true, 1, 2, 1, 1), clock.nanos());
            }
        }

        void countsAreRight() {
            FleetSnapshot now = registry.snapshot(List.of(replica(0), replica(1)), List.of(), clock.nanos());
            compare(now.gatewayRetries(), one -> true);
            for (int provider = 0; provider < 2; provider++) {
                int mine = provider;
                compare(now.candidates().get(provider).provider().retries(), one -> one.provider == mine);
            }
        }

        private void compare(RetryBudget budget, Predicate<Attempt> whose) {
            assertThat(budget.counts().first(clock.nanos())).isEqualTo((int) first(whose));
            assertThat(budget.counts().second(clock.nanos())).isEqualTo((int) charged(whose));
        }
    }
}
