package dev.tierway.simulation.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each baseline does what its documentation says: a section each. */
class BalancersTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Outcome ANSWERED = new Outcome(true, 200, -1, SECOND / 2, 3 * SECOND);

    private static Outcome failed(int status, long retryAfterMillis) {
        return new Outcome(false, status, retryAfterMillis, -1, SECOND / 100);
    }

    private static Backend backend(int index, double usd, double requestsPerMinute) {
        return new Backend(index, index, true, false, usd, usd, requestsPerMinute, index + 1);
    }

    private static Balancer of(String id, Backend... backends) {
        Balancer balancer = Balancers.of(id);
        balancer.configure(List.of(backends));
        return balancer;
    }

    private static Balancer three(String id) {
        return of(id, backend(0, 1, 100), backend(1, 2, 100), backend(2, 4, 100));
    }

    private static double[] shares(Balancer balancer, int backends, long nowNanos) {
        double[] shares = new double[backends];
        for (int call = 0; call < 6000; call++) {
            int picked = balancer.pick(new Ride(call, call), nowNanos);
            if (picked >= 0) {
                shares[picked] += 1 / 6000.0;
            }
        }
        return shares;
    }

    /** What a call tries if everything fails at once. */
    private static List<Integer> tries(Balancer balancer, int call) {
        List<Integer> tried = new ArrayList<>();
        Ride ride = new Ride(call, call);
        for (int next = balancer.pick(ride, 0); next >= 0; next = balancer.pick(ride, 0)) {
            tried.add(next);
            ride.sent(next);
        }
        return tried;
    }

    @Test
    void an_unknown_baseline_is_refused_with_the_known_ones() {
        assertThatThrownBy(() -> Balancers.of("best"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("shuffle-cooldown");
        assertThatThrownBy(() -> Ranking.of("best")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nobody_picks_what_is_not_configured_and_all_give_up_without_anybody() {
        for (String id : Balancers.ids()) {
            Balancer balancer = of(id, new Backend(0, 0, false, false, 1, 1, 100, 1), backend(1, 1, 100));
            assertThat(shares(balancer, 2, 0)).as(id).containsExactly(new double[] {0, 1}, within(1e-9));
            balancer.configure(List.of(
                    new Backend(0, 0, false, false, 1, 1, 100, 1), new Backend(1, 1, false, false, 1, 1, 100, 1)));
            int picked = balancer.pick(new Ride(1, 1), 0);
            assertThat(picked).as(id).isNegative();
        }
    }

    @Test
    void random_tries_up_to_three_each_as_likely_and_none_twice() {
        assertThat(shares(three("random"), 3, 0))
                .containsExactly(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, within(0.03));
        assertThat(tries(three("random"), 1)).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void weighted_round_robin_gives_exact_shares_and_takes_one_that_failed_out_for_ten_seconds() {
        Balancer balancer = of("weighted-round-robin", backend(0, 1, 300), backend(1, 1, 100));
        assertThat(shares(balancer, 2, 0)).containsExactly(new double[] {0.75, 0.25}, within(0.001));
        balancer.ended(0, failed(500, -1), 0);
        assertThat(shares(balancer, 2, 10 * SECOND - 1)).containsExactly(new double[] {0, 1}, within(1e-9));
        assertThat(shares(balancer, 2, 10 * SECOND)[0]).isPositive();
        balancer.ended(0, failed(500, -1), 20 * SECOND);
        balancer.ended(1, failed(500, -1), 20 * SECOND);
        assertThat(shares(balancer, 2, 20 * SECOND)[0]).isPositive();
    }

    @Test
    void priority_tries_all_in_order_on_every_call() {
        Balancer balancer = three("priority");
        balancer.ended(0, failed(500, -1), 0);
        assertThat(tries(balancer, 1)).containsExactly(0, 1, 2);
        Balancer given = new PriorityOrder(2, 0, 1);
        given.configure(List.of(backend(0, 1, 1), backend(1, 1, 1), backend(2, 1, 1)));
        assertThat(tries(given, 1)).containsExactly(2, 0, 1);
    }

    @Test
    void shuffle_draws_by_requests_per_minute_and_tries_three_without_repeating() {
        Balancer balancer = of("shuffle-cooldown", backend(0, 1, 300), backend(1, 1, 100));
        assertThat(shares(balancer, 2, 0)).containsExactly(new double[] {0.75, 0.25}, within(0.02));
        assertThat(tries(three("shuffle-cooldown"), 4)).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void shuffle_cools_down_for_five_seconds_after_a_429_or_as_long_as_the_vendor_says() {
        Balancer balancer = of("shuffle-cooldown", backend(0, 1, 100), backend(1, 1, 100));
        balancer.ended(0, failed(429, -1), 0);
        assertThat(shares(balancer, 2, 5 * SECOND - 1)[0]).isZero();
        assertThat(shares(balancer, 2, 5 * SECOND)[0]).isPositive();
        balancer.ended(0, failed(429, 20_000), 5 * SECOND);
        assertThat(shares(balancer, 2, 25 * SECOND - 1)[0]).isZero();
        assertThat(shares(balancer, 2, 25 * SECOND)[0]).isPositive();
    }

    @Test
    void shuffle_cools_down_when_more_than_half_of_a_minutes_requests_failed_of_at_least_five() {
        Balancer balancer = of("shuffle-cooldown", backend(0, 1, 100), backend(1, 1, 100));
        for (int i = 0; i < 4; i++) {
            balancer.ended(0, failed(500, -1), 0);
        }
        assertThat(shares(balancer, 2, 0)[0]).isPositive();
        balancer.ended(0, failed(500, -1), 0);
        assertThat(shares(balancer, 2, 0)[0]).isZero();
        for (int i = 0; i < 10; i++) {
            balancer.ended(0, ANSWERED, 5 * SECOND);
        }
        balancer.ended(0, failed(500, -1), 6 * SECOND);
        assertThat(shares(balancer, 2, 6 * SECOND)[0]).isPositive();
    }

    @Test
    void shuffle_sleeps_when_nobody_else_is_healthy_and_then_tries_again() {
        Balancer balancer = of("shuffle-cooldown", backend(0, 1, 100));
        Ride ride = new Ride(1, 1);
        assertThat(balancer.pick(ride, 0)).isZero();
        ride.sent(0);
        balancer.ended(0, failed(503, -1), SECOND);
        assertThat(balancer.pick(ride, SECOND)).isEqualTo(Balancer.WAIT);
        assertThat(ride.wakeAtNanos()).isBetween(SECOND + SECOND / 4, SECOND + SECOND / 2);
        assertThat(balancer.pick(ride, ride.wakeAtNanos())).isZero();
        ride.sent(0);
        assertThat(balancer.pick(ride, 3 * SECOND)).isEqualTo(Balancer.WAIT);
    }

    @Test
    void least_requests_takes_the_emptier_of_two_retries_once_and_ejects_after_five_failures() {
        Balancer balancer = three("least-request-p2c");
        balancer.sent(0, 0);
        balancer.sent(1, 0);
        assertThat(shares(balancer, 3, 0)).containsExactly(new double[] {1 / 6.0, 1 / 6.0, 4 / 6.0}, within(0.02));
        assertThat(tries(balancer, 1)).hasSize(2).doesNotHaveDuplicates();
        for (int i = 0; i < 5; i++) {
            balancer.sent(2, 0);
            balancer.ended(2, failed(500, -1), 0);
        }
        assertThat(shares(balancer, 3, 30 * SECOND - 1)[2]).isZero();
        assertThat(shares(balancer, 3, 30 * SECOND)[2]).isPositive();
        for (int i = 0; i < 5; i++) {
            balancer.ended(2, failed(500, -1), 30 * SECOND);
            balancer.ended(1, failed(500, -1), 30 * SECOND);
        }
        assertThat(shares(balancer, 3, 89 * SECOND)[2]).isZero();
        assertThat(shares(balancer, 3, 89 * SECOND)[1])
                .as("one ejected at a time")
                .isPositive();
    }

    @Test
    void peak_ewma_believes_a_slow_round_trip_at_once_and_a_fast_one_gradually() {
        Balancer balancer = of("peak-ewma-p2c", backend(0, 1, 100), backend(1, 1, 100));
        for (int i = 0; i < 2; i++) {
            balancer.sent(i, 0);
            balancer.ended(i, ANSWERED, SECOND);
        }
        balancer.sent(0, SECOND);
        balancer.ended(0, new Outcome(true, 200, -1, SECOND, 20 * SECOND), 21 * SECOND);
        assertThat(shares(balancer, 2, 21 * SECOND)).containsExactly(new double[] {0, 1}, within(1e-9));
        balancer.sent(0, 21 * SECOND);
        balancer.ended(0, ANSWERED, 22 * SECOND);
        assertThat(shares(balancer, 2, 22 * SECOND)[0])
                .as("one fast answer isn't enough")
                .isZero();
        balancer.sent(0, 22 * SECOND);
        balancer.ended(0, new Outcome(true, 200, -1, SECOND / 2, SECOND), 90 * SECOND);
        assertThat(shares(balancer, 2, 90 * SECOND)[0]).isCloseTo(1, within(1e-9));
    }

    @Test
    void peak_ewma_takes_one_for_dead_after_five_failures_and_limits_its_retries() {
        Balancer balancer = three("peak-ewma-p2c");
        for (int i = 0; i < 3; i++) {
            balancer.sent(i, 0);
            balancer.ended(i, ANSWERED, 0);
        }
        for (int i = 0; i < 5; i++) {
            balancer.sent(0, 0);
            balancer.ended(0, failed(500, -1), 0);
        }
        assertThat(shares(balancer, 3, 5 * SECOND - 1)[0]).isZero();
        assertThat(shares(balancer, 3, 5 * SECOND)[0]).isPositive();
        Balancer fresh = three("peak-ewma-p2c");
        int retried = 0;
        for (int call = 0; call < 1000; call++) {
            retried += tries(fresh, call).size() - 1;
        }
        assertThat(retried).as("20 %% of 1,000 calls and 100 more in 10 s").isBetween(290, 300);
    }

    @Test
    void inverse_square_price_draws_by_price_and_puts_those_with_an_outage_last() {
        Balancer balancer = three("inverse-square-price");
        double all = 1 + 1 / 4.0 + 1 / 16.0;
        assertThat(shares(balancer, 3, 0))
                .containsExactly(new double[] {1 / all, 0.25 / all, 0.0625 / all}, within(0.02));
        for (int i = 0; i < 3; i++) {
            balancer.ended(0, failed(500, -1), SECOND);
        }
        assertThat(shares(balancer, 3, 31 * SECOND)[0]).isZero();
        assertThat(tries(balancer, 1)).hasSize(3).endsWith(0);
        assertThat(shares(balancer, 3, 31 * SECOND + 1)[0]).isPositive();
    }

    @Test
    void the_weighted_sum_prefers_what_its_formula_says() {
        assertThat(shares(three("weighted-sum"), 3, 0)[0]).as("the cheapest").isCloseTo(1, within(1e-9));
        Balancer balancer = three("weighted-sum");
        balancer.ended(0, ANSWERED, 0);
        assertThat(balancer.pick(new Ride(1, 1), 0))
                .as("500 ms cost five points")
                .isEqualTo(1);
        Balancer local = of("weighted-sum", backend(0, 1, 100), new Backend(1, 1, true, true, 15, 15, 100, 2));
        assertThat(local.pick(new Ride(1, 1), 0))
                .as("twenty points for being local")
                .isEqualTo(1);
        Balancer failing = of("weighted-sum", backend(0, 1, 100), backend(1, 1.5, 100));
        failing.ended(0, failed(500, -1), 0);
        assertThat(failing.pick(new Ride(1, 1), 0))
                .as("an error rate of 20 % costs one point")
                .isEqualTo(1);
        assertThat(tries(three("weighted-sum"), 1)).containsExactly(0, 1, 2);
    }
}
