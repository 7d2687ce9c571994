package dev.tierway.simulation.world;

import static dev.tierway.simulation.world.Truths.LIMITS;
import static dev.tierway.simulation.world.Truths.fate;
import static dev.tierway.simulation.world.Truths.replica;
import static dev.tierway.simulation.world.Truths.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FateTest {
    @Test
    void the_time_to_first_token_is_log_normal_around_base_and_prefill() {
        double[] millis = IntStream.range(0, 20_001)
                .mapToDouble(call -> fate(replica(), call).firstNanos() / 1e6)
                .sorted()
                .toArray();
        assertThat(millis[10_000]).isCloseTo(400 + 0.1 * 1000, within(5.0));
        double logarithmsSpread = StrictMath.sqrt(Arrays.stream(millis)
                .map(one -> StrictMath.pow(StrictMath.log(one / 500), 2))
                .average()
                .orElseThrow());
        assertThat(logarithmsSpread).isCloseTo(0.35, within(0.01));
    }

    @Test
    void the_rest_of_an_answer_takes_its_time_per_token() {
        Fate fate = fate(replica(), 1);
        assertThat((fate.endNanos() - fate.firstNanos()) / 1e6 / 199).isCloseTo(10, within(4.0));
        assertThat(fate.outputTokens()).isEqualTo(200);
        assertThat(fate.kind()).isNull();
    }

    @Test
    void a_slow_replica_takes_as_many_times_as_long() {
        ReplicaTruth slow = replica();
        slow.slow(5);
        assertThat((double) fate(slow, 3).endNanos())
                .isCloseTo(5.0 * fate(replica(), 3).endNanos(), within(1e3));
    }

    @Test
    void luck_depends_on_call_attempt_and_replica_and_on_nothing_else() {
        Luck luck = new Luck(9);
        assertThat(luck.ofAttempt(1, 2, 3)).isEqualTo(new Luck(9).ofAttempt(1, 2, 3));
        assertThat(List.of(
                        luck.ofAttempt(1, 2, 3),
                        luck.ofAttempt(2, 2, 3),
                        luck.ofAttempt(1, 1, 3),
                        luck.ofAttempt(1, 2, 4),
                        new Luck(8).ofAttempt(1, 2, 3)))
                .doesNotHaveDuplicates();
        Fate before = fate(replica(), 7);
        IntStream.range(0, 100).forEach(call -> fate(replica(), call));
        assertThat(fate(replica(), 7)).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "RATE_LIMITED, 5, false, false",
        "OVERLOADED, 60, false, false",
        "REFUSED, 2, false, false",
        "CONNECT_TIMEOUT, 2000, false, false",
        "BLACK_HOLE, 30000, true, false",
        "TOO_SLOW, 30000, true, true",
        "ACCOUNT_EXHAUSTED, 30, false, false",
        "REMOVED, 30, false, false",
        "NO_SLOT, 20, false, false",
        "LIMIT_REACHED, 20, false, false",
    })
    void each_fault_ends_an_attempt_when_it_should_and_is_charged_if_the_vendor_worked(
            FaultKind kind, long afterMillis, boolean holdsASlot, boolean charged) {
        ReplicaTruth replica = replica();
        replica.mode(FaultMix.only(kind));
        Fate fate = fate(replica, 4);
        assertThat(fate.kind()).isEqualTo(kind);
        assertThat(fate.firstNanos()).isEqualTo(-1);
        assertThat(fate.endNanos()).isEqualTo(afterMillis * 1_000_000);
        assertThat(fate.processed()).isEqualTo(holdsASlot);
        assertThat(fate.charged()).isEqualTo(charged);
    }

    @Test
    void a_stream_breaks_after_its_first_token_and_before_its_last() {
        ReplicaTruth replica = replica();
        replica.mode(FaultMix.only(FaultKind.STREAM_BREAK));
        assertThat(IntStream.range(0, 200).mapToObj(call -> fate(replica, call)))
                .allSatisfy(fate -> {
                    assertThat(fate.kind()).isEqualTo(FaultKind.STREAM_BREAK);
                    assertThat(fate.met()).isEqualTo(FaultKind.Met.MID_STREAM);
                    assertThat(fate.firstNanos()).isPositive().isLessThanOrEqualTo(fate.endNanos());
                    assertThat(fate.outputTokens()).isBetween(0, 199);
                    assertThat(fate.charged()).isTrue();
                });
    }

    @Test
    void a_server_error_comes_before_the_headers_or_after_them() {
        ReplicaTruth replica = replica();
        replica.mode(FaultMix.only(FaultKind.SERVER_ERROR));
        assertThat(IntStream.range(0, 100).mapToObj(call -> fate(replica, call).met()))
                .contains(FaultKind.Met.BEFORE_HEADERS, FaultKind.Met.BEFORE_FIRST_TOKEN)
                .doesNotContain(FaultKind.Met.MID_STREAM);
    }

    @Test
    void an_answer_slower_than_the_clients_clock_is_cut_by_it_and_charged() {
        ReplicaTruth replica = replica();
        replica.slow(200);
        Fate fate = fate(replica, 1);
        assertThat(fate.kind()).isEqualTo(FaultKind.TOO_SLOW);
        assertThat(fate.endNanos()).isEqualTo(LIMITS.firstTokenNanos());
        assertThat(fate.charged()).isTrue();
    }

    @Test
    void without_a_slot_it_answers_429_and_come_back_in_a_second() {
        ReplicaTruth replica = replica(1, 2);
        replica.occupySlot();
        assertThat(fate(replica, 1).kind()).isNull();
        replica.occupySlot();
        assertThat(fate(replica, 1).kind()).isEqualTo(FaultKind.NO_SLOT);
        assertThat(fate(replica, 1).retryAfterMillis()).isEqualTo(1000);
        replica.freeSlot();
        assertThat(fate(replica, 1).kind()).isNull();
    }

    @Test
    void beyond_a_limit_per_minute_it_answers_429_and_says_when_there_is_room_again() {
        ReplicaTruth replica = replica(1000, 1000, new Allowance(10.0, null, 1));
        for (int i = 0; i < 10; i++) {
            assertThat(fate(replica, i).kind()).isNull();
            replica.process(request(i), 0);
        }
        Fate refused = fate(replica, 10);
        assertThat(refused.kind()).isEqualTo(FaultKind.LIMIT_REACHED);
        assertThat(refused.retryAfterMillis()).isEqualTo(6000);
        assertThat(Fate.of(replica, request(10), LIMITS, 1, 6_000_000_000L).kind())
                .isNull();
    }

    @Test
    void ordinary_bad_luck_strikes_its_share_and_in_all_its_kinds() {
        ReplicaTruth replica = replica();
        replica.badLuck(0.3);
        List<FaultKind> struck = IntStream.range(0, 10_000)
                .mapToObj(call -> fate(replica, call).kind())
                .filter(kind -> kind != null)
                .toList();
        assertThat(struck.size() / 10_000.0).isCloseTo(0.3, within(0.02));
        assertThat(struck).containsAll(FaultMix.ORDINARY.kinds());
    }

    @Test
    void what_a_cache_holds_needs_no_prefill_and_is_charged_as_cached() {
        ReplicaTruth replica = replica();
        Request long1 = new Request(1, 4096, 10, List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L));
        Fate cold = Fate.of(replica, long1, LIMITS, 3, 0);
        replica.process(long1, 0);
        Fate warm = Fate.of(replica, long1, LIMITS, 3, 1);
        assertThat(cold.cachedTokens()).isZero();
        assertThat(warm.cachedTokens()).isEqualTo(4096);
        assertThat((double) warm.firstNanos() / cold.firstNanos()).isCloseTo(400.0 / 809.6, within(0.001));
    }
}
