package dev.tierway.adapter.persistence;

import static dev.tierway.domain.quota.Descriptor.Reserves.EXPECTED;
import static dev.tierway.domain.quota.Descriptor.Reserves.WORST_CASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tierway.application.port.out.QuotaStore;
import dev.tierway.application.port.out.QuotaStore.Result;
import dev.tierway.application.port.out.VendorObservation;
import dev.tierway.domain.call.Action.Refund.Extent;
import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.quota.Amounts;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Floor;
import dev.tierway.domain.quota.Left;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Period;
import dev.tierway.domain.quota.Raised;
import dev.tierway.domain.quota.Side;
import dev.tierway.domain.quota.VendorLimit;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every quota store promises. Reservations live for ten minutes here, budgets by UTC. */
public interface QuotaStoreContract {
    Duration RESERVATION = Duration.ofMinutes(10);
    Descriptor REQUESTS = domain(Limit.per(Dimension.REQUESTS, 3, Duration.ofMinutes(1)));
    Descriptor TOKENS = domain(Limit.per(Dimension.TOKENS, 1000, Duration.ofMinutes(1)));
    Descriptor SLOTS = domain(Limit.concurrency(1));
    Descriptor LEARNED = new Descriptor("vendor:p/m", Side.DOMAIN, Limit.learned(Dimension.TOKENS));
    Descriptor KEY_REQUESTS =
            new Descriptor("key:k", Side.CALLER, Limit.per(Dimension.REQUESTS, 1, Duration.ofMinutes(1)));
    Descriptor KEY_SLOTS = new Descriptor("key:k", Side.CALLER, Limit.concurrency(1));
    Descriptor BUDGET = new Descriptor("budget:b", Side.CALLER, Period.DAY.limit(1000));

    QuotaStore store();

    ManualClock clock();

    /** The store's unit of time. */
    default Duration tick() {
        return Duration.ofNanos(1);
    }

    @Test
    default void the_burst_is_granted_and_then_a_denial_tells_when_to_retry() {
        for (int call = 1; call <= 3; call++) {
            assertGranted(reserve(call, tokens(1), REQUESTS));
        }
        assertDenied(reserve(4, tokens(1), REQUESTS), REQUESTS, Duration.ofSeconds(20));

        clock().advance(Duration.ofSeconds(20).minus(tick()));
        assertDenied(reserve(5, tokens(1), REQUESTS), REQUESTS, tick());
        clock().advance(tick());
        assertGranted(reserve(6, tokens(1), REQUESTS));
    }

    @Test
    default void a_denied_reservation_takes_nothing_of_any_limit() {
        assertDenied(reserve(1, tokens(1001), REQUESTS, TOKENS), TOKENS, null);

        for (int call = 2; call <= 4; call++) {
            assertGranted(reserve(call, tokens(1), REQUESTS));
        }
    }

    @Test
    default void a_denial_names_the_limit_that_is_the_latest_to_allow() {
        assertGranted(reserve(1, tokens(1000), TOKENS, REQUESTS));
        assertGranted(reserve(2, tokens(0), REQUESTS));
        assertGranted(reserve(3, tokens(0), REQUESTS));

        assertDenied(reserve(4, tokens(100), TOKENS, REQUESTS), REQUESTS, Duration.ofSeconds(20));
        assertDenied(reserve(5, tokens(500), REQUESTS, TOKENS), TOKENS, Duration.ofSeconds(30));
    }

    @Test
    default void the_same_attempt_again_gets_the_same_answer_and_takes_nothing() {
        assertGranted(reserve(1, tokens(600), TOKENS));
        assertGranted(reserve(1, tokens(600), TOKENS));
        Answers.of(store().settle(attempt(1), tokens(600)));
        assertGranted(reserve(1, tokens(600), TOKENS));

        assertGranted(reserve(2, tokens(400), TOKENS));
    }

    @Test
    default void a_settle_delivered_twice_counts_once() {
        assertGranted(reserve(1, tokens(500), TOKENS));
        Answers.of(store().settle(attempt(1), tokens(100)));
        Answers.of(store().settle(attempt(1), tokens(100)));
        Answers.of(store().refund(attempt(1), Extent.ALL));

        assertDenied(reserve(2, tokens(901), TOKENS), TOKENS, Duration.ofMillis(60));
        assertGranted(reserve(3, tokens(900), TOKENS));
    }

    @Test
    default void more_than_reserved_is_debt_that_has_to_be_repaid_first() {
        assertGranted(reserve(1, tokens(1000), TOKENS));
        Answers.of(store().settle(attempt(1), tokens(1500)));

        assertDenied(reserve(2, tokens(1), TOKENS), TOKENS, Duration.ofMillis(30_060));
    }

    @Test
    default void settling_what_was_estimated_changes_nothing() {
        assertGranted(reserve(1, tokens(400), TOKENS));
        Answers.of(store().settle(attempt(1), tokens(400)));

        assertDenied(reserve(2, tokens(601), TOKENS), TOKENS, Duration.ofMillis(60));
        assertGranted(reserve(3, tokens(600), TOKENS));
    }

    @Test
    default void an_unknown_outcome_leaves_rates_at_the_estimate_and_makes_money_what_was_seen() {
        assertGranted(reserve(1, new Amounts(1, 600, 0, new NanoUsd(900)), TOKENS, BUDGET));
        Answers.of(store().settleUnknown(attempt(1), new Amounts(1, 10, 0, new NanoUsd(40))));

        assertGranted(reserve(2, tokens(400), TOKENS));
        assertDenied(reserve(3, tokens(1), TOKENS), TOKENS, Duration.ofMillis(60));
        assertGranted(reserve(4, money(960), BUDGET));
    }

    @Test
    default void a_refund_gives_everything_back_but_the_callers_request() {
        assertGranted(reserve(1, tokens(1000), TOKENS, SLOTS, KEY_REQUESTS));
        Answers.of(store().refund(attempt(1), Extent.ALL));

        assertGranted(reserve(2, tokens(1000), TOKENS, SLOTS));
        assertDenied(reserve(3, tokens(1), KEY_REQUESTS), KEY_REQUESTS, Duration.ofMinutes(1));
    }

    @Test
    default void a_refund_of_all_but_the_request_leaves_the_request_counted() {
        for (int call = 1; call <= 3; call++) {
            assertGranted(reserve(call, tokens(300), TOKENS, REQUESTS));
            Answers.of(store().refund(attempt(call), Extent.ALL_BUT_REQUEST));
        }

        assertDenied(reserve(4, tokens(1), REQUESTS), REQUESTS, Duration.ofSeconds(20));
        assertGranted(reserve(5, tokens(1000), TOKENS));
    }

    @Test
    default void what_is_refunded_after_the_window_went_by_does_not_come_on_top() {
        assertGranted(reserve(1, tokens(1000), TOKENS));
        clock().advance(Duration.ofMinutes(1));
        assertGranted(reserve(2, tokens(1000), TOKENS));
        Answers.of(store().refund(attempt(1), Extent.ALL));

        assertDenied(reserve(3, tokens(1), TOKENS), TOKENS, Duration.ofMillis(60));
    }

    @Test
    default void the_domains_slot_is_free_after_the_attempt_the_callers_after_the_call() {
        assertGranted(reserve(1, tokens(1), SLOTS, KEY_SLOTS));
        assertDenied(reserve(2, tokens(1), SLOTS));
        Answers.of(store().settle(attempt(1), tokens(1)));

        assertGranted(reserve(3, tokens(1), SLOTS));
        assertDenied(reserve(4, tokens(1), KEY_SLOTS));
        Answers.of(store().finish(attempt(1).callId()));
        assertGranted(reserve(5, tokens(1), KEY_SLOTS));
    }

    @Test
    default void a_call_may_finish_before_its_attempt_is_settled() {
        assertGranted(reserve(1, tokens(1), SLOTS, KEY_SLOTS));
        Answers.of(store().finish(attempt(1).callId()));
        assertGranted(reserve(2, tokens(1), KEY_SLOTS));
        Answers.of(store().settle(attempt(1), tokens(1)));

        assertGranted(reserve(3, tokens(1), SLOTS));
        assertDenied(reserve(4, tokens(1), KEY_SLOTS));
    }

    @Test
    default void what_nobody_ends_expires_frees_its_slot_and_stays_charged() {
        assertGranted(reserve(1, money(900), BUDGET, SLOTS, KEY_SLOTS));
        clock().advance(RESERVATION.minus(tick()));
        assertDenied(reserve(2, tokens(1), SLOTS));
        clock().advance(tick());

        assertGranted(reserve(3, tokens(1), SLOTS, KEY_SLOTS));
        Answers.of(store().settle(attempt(1), money(0)));
        assertDenied(reserve(4, money(101), BUDGET));
        assertGranted(reserve(5, money(100), BUDGET));
    }

    @Test
    default void money_comes_back_when_the_calendar_window_ends() {
        assertGranted(reserve(1, money(800), BUDGET));
        Answers.of(store().settle(attempt(1), money(800)));

        assertDenied(reserve(2, money(201), BUDGET), BUDGET, Duration.ofHours(12));
        clock().advance(Duration.ofHours(12));
        assertGranted(reserve(3, money(1000), BUDGET));
    }

    @Test
    default void what_is_allowed_in_total_never_comes_back() {
        Descriptor steps = new Descriptor("agents:execution/agent=a", Side.CALLER, Period.total(Dimension.REQUESTS, 2));
        Descriptor tokens =
                new Descriptor("agents:execution/agent=a", Side.CALLER, Period.total(Dimension.TOKENS, 1000));
        assertGranted(reserve(1, tokens(600), steps, tokens));
        assertDenied(reserve(2, tokens(401), steps, tokens), tokens, Duration.ofSeconds(1));
        Answers.of(store().settle(attempt(1), tokens(500)));
        clock().advance(Duration.ofDays(40));
        assertGranted(reserve(3, tokens(500), steps, tokens));
        Answers.of(store().settle(attempt(3), tokens(400)));

        assertThat(reserve(4, tokens(1), steps, tokens)).isInstanceOfSatisfying(Result.Denied.class, denied -> {
            assertThat(denied.binding()).isEqualTo(steps);
            assertThat(denied.retryAfterNanos()).as("waiting doesn't help").isNull();
        });
        Descriptor anew = new Descriptor("agents:execution@7/agent=a", Side.CALLER, steps.limit());
        assertGranted(reserve(5, tokens(1), anew));
    }

    @Test
    default void a_wall_clock_that_steps_back_reopens_no_window() {
        clock().advance(Duration.ofHours(12));
        assertGranted(reserve(1, money(1000), BUDGET));
        Answers.of(store().settle(attempt(1), money(1000)));
        clock().stepWall(Duration.ofHours(-1));

        assertDenied(reserve(2, money(1), BUDGET));
    }

    @Test
    default void a_budget_in_the_way_of_open_reservations_alone_is_worth_retrying_soon() {
        assertGranted(reserve(1, money(800), BUDGET));

        assertDenied(reserve(2, money(201), BUDGET), BUDGET, Duration.ofSeconds(1));
    }

    @Test
    default void a_changed_limit_applies_to_what_was_used_before() {
        assertGranted(reserve(1, tokens(1000), TOKENS));
        Descriptor doubled = domain(Limit.per(Dimension.TOKENS, 2000, Duration.ofMinutes(1)));

        assertGranted(reserve(2, tokens(1000), doubled));
        assertDenied(reserve(3, tokens(1), doubled), doubled, Duration.ofMillis(30));
    }

    @Test
    default void ending_what_was_never_reserved_changes_nothing() {
        Answers.of(store().settle(attempt(9), tokens(1000)));
        Answers.of(store().refund(attempt(9), Extent.ALL));
        Answers.of(store().finish("nobody"));

        assertGranted(reserve(1, tokens(1000), TOKENS));
    }

    @Test
    default void a_call_without_limits_is_granted() {
        assertGranted(reserve(1, tokens(1)));
        Answers.of(store().settle(attempt(1), tokens(1)));
    }

    @Test
    default void many_threads_get_no_more_than_the_burst() throws Exception {
        Descriptor many = domain(Limit.per(Dimension.REQUESTS, 100, Duration.ofDays(1)));
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Boolean>> answers = threads.invokeAll(IntStream.range(0, 500)
                    .<java.util.concurrent.Callable<Boolean>>mapToObj(
                            call -> () -> reserve(call, tokens(1), many, TOKENS) instanceof Result.Granted)
                    .toList());
            int granted = 0;
            for (Future<Boolean> answer : answers) {
                granted += answer.get() ? 1 : 0;
            }
            assertThat(granted).isEqualTo(100);
        }
    }

    @Test
    default void a_grant_says_what_is_left_of_each_limit() {
        Result result = reserve(1, tokens(600), TOKENS, SLOTS, REQUESTS);

        assertThat(result)
                .isInstanceOfSatisfying(
                        Result.Granted.class,
                        granted -> assertThat(granted.left())
                                .extracting(Left::descriptor, Left::available, Left::exceeded)
                                .containsExactly(
                                        tuple(TOKENS, 400L, false),
                                        tuple(SLOTS, 0L, false),
                                        tuple(REQUESTS, 2L, false)));
        assertThat(Answers.of(store().left(List.of(TOKENS))))
                .containsExactly(new Left(TOKENS, 400, Duration.ofSeconds(36).toNanos(), false));
    }

    @Test
    default void a_limit_that_is_not_enforced_denies_nobody_and_says_that_it_is_exceeded() {
        Descriptor shadow = new Descriptor("budget:s", Side.CALLER, Period.DAY.limit(1000), false, WORST_CASE);
        assertGranted(reserve(1, money(900), shadow));

        assertThat(reserve(2, money(200), shadow))
                .isInstanceOfSatisfying(
                        Result.Granted.class,
                        granted -> assertThat(granted.left())
                                .extracting(Left::available, Left::exceeded)
                                .containsExactly(tuple(0L, true)));
    }

    @Test
    default void a_budget_may_reserve_what_is_expected() {
        Descriptor expected = new Descriptor("budget:e", Side.CALLER, Period.DAY.limit(1000), true, EXPECTED);
        Amounts estimate = new Amounts(1, 0, 0, new NanoUsd(5000), new NanoUsd(600));
        assertGranted(reserve(1, estimate, expected));
        Answers.of(store().settle(attempt(1), money(900)));

        assertDenied(reserve(2, estimate, expected), expected, Duration.ofHours(12));
        assertGranted(reserve(3, new Amounts(1, 0, 0, new NanoUsd(5000), new NanoUsd(100)), expected));
    }

    @Test
    default void a_learned_limit_denies_nothing_until_the_vendor_has_told() {
        assertGranted(reserve(1, tokens(1_000_000), LEARNED));
        Answers.of(store().observe(attempt(1), List.of(told(500, 10))));

        assertDenied(reserve(2, tokens(501), LEARNED), LEARNED, Duration.ofSeconds(10));
        assertGranted(reserve(3, tokens(500), LEARNED));
        clock().advance(Duration.ofSeconds(10));
        assertGranted(reserve(4, tokens(1_000_000), LEARNED));
    }

    @Test
    default void what_was_reserved_after_the_answered_call_comes_off_what_the_vendor_told() {
        assertGranted(reserve(1, tokens(100), LEARNED));
        assertGranted(reserve(2, tokens(200), LEARNED));
        assertGranted(reserve(3, tokens(300), LEARNED));
        Answers.of(store().observe(attempt(2), List.of(told(1000, 60))));

        assertDenied(reserve(4, tokens(701), LEARNED), LEARNED, Duration.ofSeconds(60));
        Answers.of(store().observe(attempt(1), List.of(told(5000, 60))));
        assertDenied(reserve(5, tokens(701), LEARNED), LEARNED, Duration.ofSeconds(60));
        Answers.of(store().refund(attempt(3), Extent.ALL));
        assertGranted(reserve(6, tokens(1000), LEARNED));
    }

    @Test
    default void a_vendors_minute_and_its_day_are_limits_of_their_own() {
        Descriptor minute = learned(Duration.ofMinutes(1));
        Descriptor day = learned(Duration.ofDays(1));
        assertGranted(reserve(1, tokens(100), minute, day));
        Answers.of(store().observe(
                        attempt(1),
                        List.of(
                                new VendorObservation(
                                        minute, new VendorLimit(Dimension.TOKENS, 1000L, 900, 10_000_000_000L, null)),
                                new VendorObservation(
                                        day, new VendorLimit(Dimension.TOKENS, 5000L, 300, 60_000_000_000L, null)))));

        assertDenied(reserve(2, tokens(400), minute, day), day, Duration.ofSeconds(60));
        assertGranted(reserve(3, tokens(300), minute, day));
        assertThat(Answers.of(store().left(List.of(minute, day))))
                .extracting(dev.tierway.domain.quota.Left::available)
                .containsExactly(600L, 0L);
    }

    @Test
    default void a_budget_is_raised_to_what_is_known_to_be_spent_and_never_lowered() {
        assertGranted(reserve(1, money(300), BUDGET));
        Answers.of(store().settle(attempt(1), money(200)));
        assertGranted(reserve(2, money(100), BUDGET));

        assertThat(Answers.of(store().raise(List.of(floor(600))))).containsExactly(new Raised(BUDGET, 400));
        assertThat(Answers.of(store().raise(List.of(floor(600))))).isEmpty();
        assertThat(Answers.of(store().raise(List.of(floor(500))))).isEmpty();
        assertDenied(reserve(3, money(301), BUDGET), BUDGET, Duration.ofSeconds(1));
        Answers.of(store().settle(attempt(2), money(50)));
        assertDenied(reserve(4, money(351), BUDGET), BUDGET, Duration.ofHours(12));
        assertGranted(reserve(5, money(350), BUDGET));
    }

    @Test
    default void a_budget_nobody_has_used_yet_is_raised_too_and_begins_anew_with_its_next_window() {
        assertThat(Answers.of(store().raise(List.of(floor(900))))).containsExactly(new Raised(BUDGET, 900));

        assertDenied(reserve(1, money(101), BUDGET), BUDGET, Duration.ofHours(12));
        clock().advance(Duration.ofHours(12));
        assertGranted(reserve(2, money(1000), BUDGET));
    }

    @Test
    default void what_was_spent_in_another_window_raises_nothing() {
        long yesterday = clock().epochMillis() - Duration.ofDays(1).toMillis();
        long tomorrow = clock().epochMillis() + Duration.ofDays(1).toMillis();

        assertThat(Answers.of(store().raise(List.of(Floor.of(BUDGET, 900, yesterday, ZoneOffset.UTC)))))
                .isEmpty();
        assertThat(Answers.of(store().raise(List.of(Floor.of(BUDGET, 900, tomorrow, ZoneOffset.UTC)))))
                .isEmpty();
        assertGranted(reserve(1, money(1000), BUDGET));
    }

    @Test
    default void several_who_raise_at_once_come_to_the_highest_not_to_the_sum() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            threads.invokeAll(IntStream.rangeClosed(1, 40)
                    .<java.util.concurrent.Callable<List<Raised>>>mapToObj(
                            spent -> () -> Answers.of(store().raise(List.of(floor(20 * spent)))))
                    .toList());
        }

        assertDenied(reserve(1, money(201), BUDGET));
        assertGranted(reserve(2, money(200), BUDGET));
    }

    private Floor floor(long spent) {
        return Floor.of(BUDGET, spent, clock().epochMillis(), ZoneOffset.UTC);
    }

    private static Descriptor learned(Duration window) {
        return new Descriptor("vendor:p/m", Side.DOMAIN, Limit.learned(Dimension.TOKENS, window));
    }

    private static VendorObservation told(long remaining, long resetSeconds) {
        return new VendorObservation(
                LEARNED,
                new VendorLimit(
                        Dimension.TOKENS,
                        10_000L,
                        remaining,
                        Duration.ofSeconds(resetSeconds).toNanos(),
                        null));
    }

    private Result reserve(int call, Amounts estimate, Descriptor... limits) {
        return Answers.of(store().reserve(Reservations.of(attempt(call), List.of(limits), estimate)));
    }

    private static void assertGranted(Result result) {
        assertThat(result).isInstanceOf(Result.Granted.class);
    }

    private static void assertDenied(Result result) {
        assertThat(result).isInstanceOf(Result.Denied.class);
    }

    private static void assertDenied(Result result, Descriptor binding, Duration retry) {
        assertThat(result).isInstanceOfSatisfying(Result.Denied.class, denied -> {
            assertThat(denied.binding()).isEqualTo(binding);
            assertThat(denied.retryAfterNanos()).isEqualTo(retry == null ? null : retry.toNanos());
        });
    }

    private static AttemptId attempt(int call) {
        return new AttemptId("call" + call, 1);
    }

    private static Amounts tokens(long amount) {
        return new Amounts(1, amount, 0, NanoUsd.ZERO);
    }

    private static Amounts money(long nanoUsd) {
        return new Amounts(1, 0, 0, new NanoUsd(nanoUsd));
    }

    private static Descriptor domain(Limit limit) {
        return new Descriptor("domain:a", Side.DOMAIN, limit);
    }
}
