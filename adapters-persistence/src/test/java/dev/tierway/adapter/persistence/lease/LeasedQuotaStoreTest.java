package dev.tierway.adapter.persistence.lease;

import static dev.tierway.adapter.persistence.lease.Leased.MOST;
import static dev.tierway.adapter.persistence.lease.Leased.REQUESTS;
import static dev.tierway.adapter.persistence.lease.Leased.TOKENS;
import static dev.tierway.adapter.persistence.lease.Leased.attempt;
import static dev.tierway.adapter.persistence.lease.Leased.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.persistence.Answers;
import dev.tierway.adapter.persistence.ManualClock;
import dev.tierway.adapter.persistence.Reservations;
import dev.tierway.application.port.out.QuotaStore.Result;
import dev.tierway.application.port.out.VendorObservation;
import dev.tierway.domain.call.Action.Refund.Extent;
import dev.tierway.domain.quota.Descriptor;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.quota.Limit;
import dev.tierway.domain.quota.Period;
import dev.tierway.domain.quota.Side;
import dev.tierway.domain.quota.VendorLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class LeasedQuotaStoreTest {
    private final ManualClock clock = new ManualClock();
    private final SharedBook shared = new SharedBook(clock);
    private final Leased one = new Leased(shared, clock, "one");

    @Test
    void a_few_calls_ask_the_store_each() {
        for (int i = 0; i < 5; i++) {
            one.reserve("call" + i, 10, TOKENS);
        }

        assertThat(one.here()).isZero();
        assertThat(shared.heard).hasSize(5);
    }

    @Test
    void many_calls_cost_few_questions() {
        for (int i = 0; i < 1000; i++) {
            one.reserve("call" + i, 1, TOKENS);
            one.settle("call" + i, 1);
            clock.advance(Duration.ofMillis(5));
        }
        one.store.close();

        assertThat(one.here()).isGreaterThan(950);
        assertThat(shared.heard).hasSizeLessThan(120);
    }

    @Test
    void all_that_was_used_is_in_the_store_in_the_end_and_no_more() {
        one.busy();
        one.reserve("more", 20, TOKENS);
        one.settle("more", 50);
        one.reserve("less", 20, TOKENS);
        one.settle("less", 3);
        one.store.close();

        assertThat(shared.used(TOKENS)).isEqualTo(453);
    }

    @Test
    void a_call_with_a_limit_that_is_not_shared_out_asks_the_store_for_all_of_it() {
        Descriptor budget = new Descriptor("budget:b", Side.CALLER, Period.DAY.limit(1_000_000));
        one.busy();
        long before = one.here();

        assertThat(one.reserve("call", 10, TOKENS, budget)).isInstanceOf(Result.Granted.class);
        assertThat(one.here()).isEqualTo(before);
        assertThat(shared.heard).last().isEqualTo("reserve call");
    }

    @Test
    void small_limits_concurrency_and_money_are_not_shared_out() {
        Duration minute = Duration.ofMinutes(1);
        assertThat(List.of(
                        Limit.per(Dimension.REQUESTS, 100, minute),
                        Limit.per(Dimension.REQUESTS, 1_000_000, Duration.ofSeconds(1)),
                        Limit.concurrency(1_000_000),
                        Limit.per(Dimension.MONEY, 1_000_000, minute),
                        Period.DAY.limit(1_000_000)))
                .noneMatch(Leased.OPTIONS::sharesOut);
        assertThat(Limit.per(Dimension.REQUESTS, 600, minute)).matches(Leased.OPTIONS::sharesOut);
    }

    @Test
    void a_share_that_lies_unused_goes_back_when_its_life_is_over() {
        one.busy();
        one.reserve("open", 10, TOKENS);
        long held = shared.used(TOKENS);
        assertThat(held).isGreaterThan(410);

        clock.advance(Duration.ofSeconds(1));
        one.store.tick();

        // What leaked in the meantime is 100.
        assertThat(shared.used(TOKENS)).isEqualTo(310);
        one.settle("open", 30);
        assertThat(shared.used(TOKENS)).isEqualTo(330);
    }

    @Test
    void nothing_is_admitted_from_a_share_after_its_life() {
        one.busy();
        clock.advance(Duration.ofSeconds(1));
        long before = one.here();

        one.reserve("late", 10, TOKENS);
        assertThat(one.here()).isEqualTo(before);
    }

    @Test
    void a_share_lives_from_when_it_was_asked_for_not_from_when_it_came() {
        shared.slow = true;
        List<CompletionStage<?>> asked = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            asked.add(one.store.reserve(Reservations.of(attempt("call" + i), List.of(TOKENS), tokens(10))));
        }
        clock.advance(Duration.ofSeconds(1));
        shared.slow = false;
        shared.release();
        asked.forEach(Answers::of);

        assertThat(one.store.report().shares()).isEqualTo(1);
        one.reserve("late", 10, TOKENS);
        assertThat(one.here()).isZero();
        assertThat(one.store.report().returned()).isEqualTo(one.store.report().leased());
    }

    @Test
    void of_a_vendors_limit_the_store_sees_a_call_now_and_then_and_hears_what_it_was_told() {
        Descriptor learned = new Descriptor("vendor:p/m", Side.DOMAIN, Limit.learned(Dimension.TOKENS));
        List<VendorObservation> told = List.of(new VendorObservation(
                learned,
                new VendorLimit(
                        Dimension.TOKENS, 10_000L, 5_000, Duration.ofMinutes(1).toNanos(), null)));
        for (int i = 0; i < 400; i++) {
            one.reserve("call" + i, 10, TOKENS, learned);
            Answers.of(one.store.observe(attempt("call" + i), told));
            one.settle("call" + i, 10);
            clock.advance(Duration.ofMillis(10));
        }
        long asked = one.store.report().askedStore();

        assertThat(one.here()).isGreaterThan(300);
        assertThat(shared.heard.stream().filter(what -> what.startsWith("observe")))
                .hasSize((int) asked);
        assertThat(shared.book.usage(learned, shared.now()).available(learned.limit()))
                .as("nobody else has used more")
                .isBetween(3_900L, 5_000L);
    }

    @Test
    void near_the_limit_every_call_asks_the_store() {
        Answers.of(shared.reserve(Reservations.of(attempt("others"), List.of(TOKENS), tokens(5_600))));
        one.busy();

        assertThat(one.here()).isZero();
        assertThat(shared.used(TOKENS)).isBetween(5_881L, 5_900L);
    }

    @Test
    void a_denial_names_the_limit_as_it_was_asked_for_and_when_to_retry() {
        one.busy();
        Result denied = one.reserve("big", 5_700, TOKENS);

        assertThat(denied).isInstanceOfSatisfying(Result.Denied.class, no -> {
            assertThat(no.binding()).isEqualTo(TOKENS);
            assertThat(no.retryAfterNanos()).isPositive();
        });
    }

    @Test
    void a_grant_from_a_share_says_what_is_left_of_the_limit() {
        one.busy();
        long before = one.here();
        Result granted = one.reserve("call", 10, TOKENS);

        assertThat(one.here()).isEqualTo(before + 1);
        assertThat(granted).isInstanceOfSatisfying(Result.Granted.class, yes -> {
            assertThat(yes.left()).singleElement().satisfies(left -> {
                assertThat(left.descriptor()).isEqualTo(TOKENS);
                assertThat(left.available()).isBetween(5_490 - MOST, 5_490L);
            });
        });
        assertThat(Answers.of(one.store.left(List.of(TOKENS))))
                .singleElement()
                .satisfies(left -> assertThat(left.available()).isBetween(5_490 - MOST, 5_490L));
    }

    @Test
    void the_same_attempt_again_gets_the_same_answer_and_takes_nothing() {
        one.busy();
        one.reserve("call", 10, TOKENS);
        one.reserve("call", 10, TOKENS);
        one.settle("call", 10);
        one.settle("call", 900);
        one.reserve("call", 10, TOKENS);
        one.store.close();

        assertThat(shared.used(TOKENS)).isEqualTo(410);
    }

    @Test
    void what_the_store_granted_is_asked_of_it_again() {
        one.reserve("first", 10, TOKENS);
        one.busy();
        long before = one.here();
        one.reserve("first", 10, TOKENS);
        one.settle("first", 10);
        one.store.close();

        assertThat(one.here()).isEqualTo(before);
        assertThat(shared.used(TOKENS)).isEqualTo(410);
    }

    @Test
    void a_refund_gives_back_what_the_store_would_have_given_back() {
        Descriptor requests =
                new Descriptor("key:k", Side.CALLER, Limit.per(Dimension.REQUESTS, 6_000, Duration.ofMinutes(1)));
        for (int i = 0; i < 40; i++) {
            one.reserve("call" + i, 10, TOKENS, requests);
            Answers.of(one.store.refund(attempt("call" + i), Extent.ALL));
        }
        one.store.close();

        assertThat(one.here()).isPositive();
        assertThat(shared.used(TOKENS)).isZero();
        assertThat(shared.used(requests)).isEqualTo(40);
    }

    @Test
    void a_call_takes_from_all_its_limits_or_from_none() {
        for (int i = 0; i < 60; i++) {
            one.reserve("call" + i, 10, TOKENS, REQUESTS);
            one.settle("call" + i, 10);
        }
        one.reserve("big", 4_000, TOKENS, REQUESTS);
        one.reserve("too-big", 4_000, TOKENS, REQUESTS);
        one.store.close();

        assertThat(one.here()).isPositive();
        assertThat(shared.used(TOKENS)).isEqualTo(4_600);
        assertThat(shared.used(REQUESTS)).isEqualTo(61);
    }

    @Test
    void a_call_that_goes_on_and_on_keeps_its_estimate_and_pays_what_it_used_beyond() {
        one.busy();
        one.reserve("long", 10, TOKENS);
        one.reserve("longer", 10, TOKENS);
        clock.advance(Duration.ofSeconds(46));
        one.store.tick();
        one.store.tick();
        clock.advance(Duration.ofSeconds(60));
        assertThat(shared.book.open()).isZero();

        one.settle("long", 3);
        assertThat(shared.used(TOKENS)).isZero();
        one.settle("longer", 25);
        assertThat(shared.used(TOKENS)).isEqualTo(15);
    }

    @Test
    void what_nobody_ends_stays_charged_and_is_told() {
        one.busy();
        one.reserve("lost", 10, TOKENS);
        clock.advance(SharedBook.RESERVATION);
        one.store.tick();

        assertThat(one.expired).containsExactly(attempt("lost"));
    }

    @Test
    void a_share_of_somebody_who_stands_in_for_the_store_is_given_back() {
        shared.warning = "alone";
        one.busy();

        assertThat(one.here()).isZero();
        assertThat(shared.used(TOKENS)).isEqualTo(400);
    }

    @Test
    void while_the_store_is_down_what_is_leased_is_still_admitted() {
        one.busy();
        long before = one.here();
        shared.down = true;

        assertThat(one.reserve("call", 10, TOKENS)).isInstanceOf(Result.Granted.class);
        assertThat(one.here()).isEqualTo(before + 1);
        assertThat(Answers.failure(one.store.reserve(Reservations.of(attempt("big"), List.of(TOKENS), tokens(1_000)))))
                .hasMessageContaining("connection refused");
    }

    @Test
    void a_changed_limit_gets_shares_of_its_own() {
        one.busy();
        Descriptor doubled = Leased.domain(Limit.per(Dimension.TOKENS, 12_000, Duration.ofMinutes(1)));
        assertThat(one.reserve("call", 10, doubled)).isInstanceOf(Result.Granted.class);
        one.settle("call", 10);

        assertThat(shared.used(TOKENS)).isEqualTo(410);
    }

    @Test
    void what_leaked_while_a_share_lived_does_not_come_on_top() {
        for (int i = 0; i < 40; i++) {
            one.reserve("busy" + i, 10, TOKENS);
            one.settle("busy" + i, 0);
        }
        clock.advance(Duration.ofMillis(999));
        Leased two = new Leased(shared, clock, "two");
        long burst = ((Result.Denied) two.reserve("too-much", 6_000, TOKENS)).available();
        assertThat(two.reserve("burst", burst, TOKENS)).isInstanceOf(Result.Granted.class);
        long before = one.here();
        int more = 0;
        while (one.reserve("more" + more, 1, TOKENS) instanceof Result.Granted) {
            more++;
        }

        assertThat(one.here()).isGreaterThan(before + 50);
        assertThat(burst + more).isLessThanOrEqualTo(6_000);
    }

    @Test
    void an_instance_that_died_strands_no_more_than_the_most_it_may_hold() {
        one.busy();
        Leased two = new Leased(shared, clock, "two");

        assertThat(shared.used(TOKENS) - 400).isBetween(1L, MOST);
        assertThat(two.reserve("all", 5_900 - 400 - MOST, TOKENS)).isInstanceOf(Result.Granted.class);
    }

    @Test
    void shares_are_nobodys_calls() {
        List<Object> told = new ArrayList<>();
        var calls = LeasedQuotaStore.callsOnly((memo, estimate) -> told.add(memo.attempt()));
        calls.expired(ShareName.memo(ShareName.of("one", 7)), tokens(1));
        calls.expired(Reservations.memo(attempt("call")), tokens(1));

        assertThat(told).containsExactly(attempt("call"));
    }

    @Test
    void closing_gives_everything_back_before_the_store_is_closed() {
        one.busy();
        one.store.close();

        assertThat(shared.used(TOKENS)).isEqualTo(400);
        assertThat(shared.heard).last().isEqualTo("close");
    }
}
