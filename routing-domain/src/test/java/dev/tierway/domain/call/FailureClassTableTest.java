package dev.tierway.domain.call;

import static dev.tierway.domain.fixture.Failures.failure;
import static dev.tierway.domain.fixture.Failures.retryAfter;
import static dev.tierway.domain.fixture.Failures.unprocessed;
import static dev.tierway.domain.fixture.Failures.using;
import static dev.tierway.domain.fixture.Replicas.replica;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.ManualClock;
import dev.tierway.domain.fixture.Past;
import dev.tierway.domain.fixture.Policies;
import dev.tierway.domain.fixture.Requests;
import dev.tierway.domain.fixture.ScriptedCall;
import dev.tierway.domain.fleet.Circuit;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.money.NanoUsd;
import dev.tierway.domain.money.TokenUsage;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Routing.md §6, row by row: the class alone decides. */
class FailureClassTableTest {
    private static final long MINUTE = 60_000_000_000L;

    /** What the circuit of whom does. */
    private enum Opens {
        NOTHING,
        COUNTS,
        REPLICA_FIVE_MINUTES,
        CREDENTIAL_FIVE_SECONDS,
        CREDENTIAL_FIVE_MINUTES
    }

    private record Row(
            FailureClass kind,
            boolean repeats,
            boolean spills,
            Opens opens,
            boolean coolsDown,
            AttemptResult.Charged sentCharge,
            AttemptResult.Charged unprocessedCharge,
            int status,
            String code) {
        @Override
        public String toString() {
            return kind.id();
        }
    }

    private static final AttemptResult.Charged REFUNDED = AttemptResult.Charged.REFUNDED;
    private static final AttemptResult.Charged TOKENS_BACK = AttemptResult.Charged.REFUNDED_BUT_REQUEST;
    private static final AttemptResult.Charged UNKNOWN = AttemptResult.Charged.UNKNOWN;

    private static Row row(
            FailureClass kind,
            boolean repeats,
            boolean spills,
            Opens opens,
            boolean coolsDown,
            AttemptResult.Charged sentCharge,
            AttemptResult.Charged unprocessedCharge,
            int status,
            String code) {
        return new Row(kind, repeats, spills, opens, coolsDown, sentCharge, unprocessedCharge, status, code);
    }

    static List<Row> table() {
        return List.of(
                row(
                        FailureClass.INVALID_REQUEST,
                        false,
                        false,
                        Opens.NOTHING,
                        false,
                        TOKENS_BACK,
                        TOKENS_BACK,
                        400,
                        "invalid_request"),
                row(
                        FailureClass.CONTEXT_TOO_LONG,
                        false,
                        false,
                        Opens.NOTHING,
                        false,
                        TOKENS_BACK,
                        TOKENS_BACK,
                        400,
                        "context_length_exceeded"),
                row(
                        FailureClass.CONTENT_POLICY,
                        false,
                        false,
                        Opens.NOTHING,
                        false,
                        UNKNOWN,
                        REFUNDED,
                        400,
                        "content_policy_violation"),
                row(
                        FailureClass.ACCOUNT_EXHAUSTED,
                        false,
                        true,
                        Opens.CREDENTIAL_FIVE_MINUTES,
                        false,
                        TOKENS_BACK,
                        TOKENS_BACK,
                        502,
                        "upstream_account_exhausted"),
                row(
                        FailureClass.MISCONFIGURED,
                        false,
                        true,
                        Opens.REPLICA_FIVE_MINUTES,
                        false,
                        TOKENS_BACK,
                        TOKENS_BACK,
                        502,
                        "upstream_model_unavailable"),
                row(
                        FailureClass.ENDPOINT_NOT_OFFERED,
                        false,
                        true,
                        Opens.NOTHING,
                        false,
                        TOKENS_BACK,
                        TOKENS_BACK,
                        501,
                        "unsupported_endpoint"),
                row(
                        FailureClass.CREDENTIAL,
                        false,
                        true,
                        Opens.CREDENTIAL_FIVE_SECONDS,
                        false,
                        TOKENS_BACK,
                        TOKENS_BACK,
                        502,
                        "upstream_credentials"),
                row(
                        FailureClass.RATE_LIMITED,
                        true,
                        true,
                        Opens.NOTHING,
                        true,
                        TOKENS_BACK,
                        TOKENS_BACK,
                        429,
                        "upstream_rate_limited"),
                row(
                        FailureClass.OVERLOADED,
                        true,
                        true,
                        Opens.COUNTS,
                        true,
                        TOKENS_BACK,
                        TOKENS_BACK,
                        503,
                        "upstream_overloaded"),
                row(
                        FailureClass.UPSTREAM_FAULT,
                        false,
                        true,
                        Opens.COUNTS,
                        false,
                        UNKNOWN,
                        UNKNOWN,
                        502,
                        "upstream_error"),
                row(
                        FailureClass.TRANSPORT,
                        false,
                        true,
                        Opens.COUNTS,
                        false,
                        UNKNOWN,
                        REFUNDED,
                        502,
                        "upstream_unreachable"),
                row(FailureClass.TIMEOUT, false, true, Opens.COUNTS, false, UNKNOWN, REFUNDED, 504, "upstream_timeout"),
                row(
                        FailureClass.STREAM_BROKEN,
                        false,
                        false,
                        Opens.COUNTS,
                        false,
                        UNKNOWN,
                        REFUNDED,
                        502,
                        "stream_broken"),
                row(FailureClass.CANCELLED, false, false, Opens.NOTHING, false, UNKNOWN, REFUNDED, 499, "cancelled"),
                row(
                        FailureClass.INTERNAL,
                        false,
                        false,
                        Opens.NOTHING,
                        false,
                        UNKNOWN,
                        REFUNDED,
                        500,
                        "internal_error"));
    }

    private final ManualClock clock = new ManualClock();

    @Test
    void every_class_has_its_row() {
        assertThat(table().stream().map(Row::kind)).containsExactly(FailureClass.values());
    }

    @ParameterizedTest
    @MethodSource("table")
    void spills_or_not(Row row) {
        ReplicaRegistry registry = Fleet.of("a/m", "b/m").registry();
        ScriptedCall call = ScriptedCall.call(registry, Requests.tier(registry.catalogue()), clock)
                .started();

        call.fails(row.kind);

        assertThat(call.sentTo()).hasSize(row.spills ? 2 : 1).doesNotHaveDuplicates();
        assertThat(call.over()).isEqualTo(!row.spills);
    }

    @ParameterizedTest
    @MethodSource("table")
    void repeats_only_if_there_is_nobody_else_and_after_its_rest(Row row) {
        ReplicaRegistry registry = Fleet.of("a/m").registry();
        ScriptedCall call = ScriptedCall.call(registry, Requests.tier(registry.catalogue()), clock)
                .started();

        call.fails(row.kind);

        assertThat(call.armed(TimerKind.PARK)).isEqualTo(row.repeats);
        if (row.repeats) {
            assertThat(call.ringsIn(TimerKind.PARK)).isEqualTo(Duration.ofSeconds(1));
            call.rings(TimerKind.PARK);
            assertThat(call.sentTo()).containsExactly("a/m", "a/m");
            call.fails(row.kind);
        }
        assertThat(call.over()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("table")
    void nothing_follows_after_commit(Row row) {
        ReplicaRegistry registry = Fleet.of("a/m", "b/m").registry();
        ScriptedCall call = ScriptedCall.call(registry, Requests.tier(registry.catalogue()).stream(), clock)
                .started()
                .commits();

        call.fails(row.kind);

        assertThat(call.sentTo()).hasSize(1);
        assertThat(call.result()).isInstanceOf(CallResult.Broken.class);
    }

    @ParameterizedTest
    @MethodSource("table")
    void opens_what_it_says(Row row) {
        ReplicaRegistry registry = Fleet.of("a/m", "a/other").registry();
        Past past = new Past(registry, clock).failed("a/m", failure(row.kind), 1);
        var own = past.view("a/m").state().circuit();
        var credential = past.view("a/m").provider().circuit();

        long openFor = switch (row.opens) {
            case NOTHING, COUNTS -> 0;
            case REPLICA_FIVE_MINUTES -> own.openUntilNanos() - clock.nanos();
            case CREDENTIAL_FIVE_SECONDS, CREDENTIAL_FIVE_MINUTES -> credential.openUntilNanos() - clock.nanos();
        };
        long least = switch (row.opens) {
            case NOTHING, COUNTS -> 0;
            case CREDENTIAL_FIVE_SECONDS -> MINUTE / 12;
            case REPLICA_FIVE_MINUTES, CREDENTIAL_FIVE_MINUTES -> 5 * MINUTE;
        };
        assertThat(openFor).isBetween(least, least + least / 10);
        assertThat(own.tripped()).isEqualTo(row.opens == Opens.REPLICA_FIVE_MINUTES);
        assertThat(past.view("a/other").circuit(clock.nanos()) == Circuit.Phase.OPEN)
                .isEqualTo(row.opens == Opens.CREDENTIAL_FIVE_SECONDS || row.opens == Opens.CREDENTIAL_FIVE_MINUTES);
        assertThat(own.consecutive()).isEqualTo(row.opens == Opens.COUNTS ? 1 : 0);
        assertThat(past.view("a/m").failuresAt(clock.nanos())).isEqualTo(row.opens == Opens.COUNTS ? 1 : 0);
    }

    @ParameterizedTest
    @MethodSource("table")
    void cools_down_or_not(Row row) {
        ReplicaRegistry registry = Fleet.of("a/m", "a/other").registry();
        Past past = new Past(registry, clock).failed("a/m", retryAfter(row.kind, 4000), 1);

        Long until = past.view("a/m").state().cooldown().untilNanos();

        assertThat(until).isEqualTo(row.coolsDown ? (Long) (clock.nanos() + 4_000_000_000L) : null);
        assertThat(past.view("a/other").state().cooldown().untilNanos()).isNull();
        assertThat(past.view("a/other").provider().cooldown().untilNanos()).isNull();
    }

    @ParameterizedTest
    @MethodSource("table")
    void charges_what_was_sent(Row row) {
        assertThat(charge(failure(row.kind))).isEqualTo(row.sentCharge);
    }

    @ParameterizedTest
    @MethodSource("table")
    void charges_what_the_vendor_certainly_never_saw(Row row) {
        assertThat(charge(unprocessed(row.kind))).isEqualTo(row.unprocessedCharge);
    }

    private AttemptResult.Charged charge(Failure failure) {
        return result(failure).charged();
    }

    private AttemptResult result(Failure failure) {
        ReplicaRegistry registry =
                Fleet.fleet().with(replica("a/m").price("1", "2")).registry();
        ScriptedCall call = ScriptedCall.call(registry, Requests.pinned(registry.catalogue(), "a/m"), clock)
                .started()
                .fails(failure);
        AttemptResult result = call.selection().rounds().getFirst().result();
        int refunds = call.actions(Action.Refund.class).size();
        boolean refunded = result.charged() == REFUNDED || result.charged() == TOKENS_BACK;
        assertThat(refunds).isEqualTo(refunded ? 1 : 0);
        assertThat(call.actions(Action.Settle.class)).hasSize(1 - refunds);
        return result;
    }

    @ParameterizedTest
    @EnumSource(
            value = FailureClass.class,
            names = {"CONTENT_POLICY", "UPSTREAM_FAULT", "TRANSPORT", "TIMEOUT", "STREAM_BROKEN", "CANCELLED"})
    void usage_that_was_reported_or_seen_is_what_is_charged(FailureClass kind) {
        AttemptResult result = result(using(kind, 1000, 50));

        assertThat(result.charged()).isEqualTo(AttemptResult.Charged.SETTLED);
        assertThat(result.usage()).isEqualTo(TokenUsage.estimated(1000, 50));
        assertThat(result.cost()).isEqualTo(new NanoUsd(1_100_000));
    }

    @Test
    void an_attempt_that_never_left_is_refunded_whatever_is_known_of_it() {
        ReplicaRegistry registry = Fleet.of("a/m").registry();
        ScriptedCall call = ScriptedCall.call(registry, Requests.pinned(registry.catalogue(), "a/m"), clock)
                .startedWithoutGrants();

        call.feed(new Event.Failed(call.attempt(1), failure(FailureClass.INTERNAL)));

        assertThat(call.actions(Action.Refund.class)).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("table")
    void tells_the_caller_if_final(Row row) {
        assertThat(row.kind.httpStatus() + " " + row.kind.code()).isEqualTo(row.status + " " + row.code);
    }

    @Test
    void a_context_too_long_goes_on_to_larger_windows_only() {
        ReplicaRegistry registry = Fleet.fleet()
                .with(dev.tierway.domain.fixture.Models.model("small").window(8000))
                .with(dev.tierway.domain.fixture.Models.model("same").window(8000))
                .with(dev.tierway.domain.fixture.Models.model("large").window(100_000))
                .with(replica("a/small").price("0", "0"))
                .with(replica("b/small").price("0", "0"))
                .with(replica("c/same").price("0", "0"))
                .with(replica("d/large").price("90", "90"))
                .registry();
        ScriptedCall call = ScriptedCall.call(registry, Requests.tier(registry.catalogue()), clock)
                .started();

        call.fails(FailureClass.CONTEXT_TOO_LONG);

        assertThat(call.sentTo()).hasSize(2).last().isEqualTo("d/large");
        call.fails(FailureClass.CONTEXT_TOO_LONG);
        assertThat(call.result()).isInstanceOf(CallResult.Exhausted.class);
    }

    @Test
    void a_context_too_long_for_an_unknown_window_is_not_tried_on_every_replica_of_that_model() {
        ReplicaRegistry registry = Fleet.of("a/m", "b/m", "c/m").registry();
        ScriptedCall call = ScriptedCall.call(registry, Requests.tier(registry.catalogue()), clock)
                .started();

        call.fails(FailureClass.CONTEXT_TOO_LONG);

        assertThat(call.sentTo()).hasSize(1);
        assertThat(call.over()).isTrue();
    }

    @Test
    void a_content_policy_refusal_spills_only_where_the_operator_allows_it() {
        ReplicaRegistry registry = Fleet.of("a/m", "b/m").registry();
        ScriptedCall call = ScriptedCall.call(registry, Requests.tier(registry.catalogue()), clock)
                .policy(Policies.policy().spillingOnContentPolicy())
                .started();

        call.fails(FailureClass.CONTENT_POLICY);

        assertThat(call.sentTo()).hasSize(2);
    }

    @Test
    void a_400_is_not_tried_on_every_replica_and_never_hurts_a_replicas_health() {
        ReplicaRegistry registry = Fleet.of("a/m", "b/m", "c/m").registry();
        Past past = new Past(registry, clock);
        for (int i = 0; i < 50; i++) {
            ScriptedCall call = ScriptedCall.call(registry, Requests.tier(registry.catalogue()), clock)
                    .seed(i)
                    .started()
                    .fails(FailureClass.INVALID_REQUEST);
            assertThat(call.sentTo()).hasSize(1);
        }

        for (String id : List.of("a/m", "b/m", "c/m")) {
            assertThat(past.view(id).circuit(clock.nanos())).isEqualTo(Circuit.Phase.CLOSED);
            assertThat(past.view(id).state().errors()).isZero();
        }
    }

    @Test
    void a_total_that_is_over_counts_as_the_replicas_timeout_unless_the_deadline_was_the_callers() {
        for (boolean callers : new boolean[] {false, true}) {
            ReplicaRegistry registry = Fleet.of("a/m").registry();
            ScriptedCall.Plan plan = ScriptedCall.call(registry, Requests.tier(registry.catalogue()), clock);
            ScriptedCall call = (callers ? plan.deadline(Duration.ofSeconds(5)) : plan).started();

            call.rings(TimerKind.TOTAL);
            call.fails(FailureClass.CANCELLED);
            assertThat(call.result()).isEqualTo(new CallResult.DeadlineExceeded(callers));

            assertThat(new Past(registry, clock).view("a/m").state().errors()).isEqualTo(callers ? 0 : 1);
        }
    }

    static Stream<FailureClass> capacityClasses() {
        return Stream.of(FailureClass.RATE_LIMITED, FailureClass.OVERLOADED);
    }

    @ParameterizedTest
    @MethodSource("capacityClasses")
    void a_rest_longer_than_a_second_is_not_waited_for(FailureClass kind) {
        ReplicaRegistry registry = Fleet.of("a/m").registry();
        ScriptedCall call = ScriptedCall.call(registry, Requests.tier(registry.catalogue()), clock)
                .started();

        call.fails(retryAfter(kind, 1001));

        assertThat(call.over()).isTrue();
        assertThat(call.result()).isInstanceOf(CallResult.Exhausted.class);
    }

    @Test
    void a_429_without_a_time_still_rests_the_replica() {
        ReplicaRegistry registry = Fleet.of("a/m").registry();
        Past past = new Past(registry, clock).failed("a/m", failure(FailureClass.RATE_LIMITED), 1);

        assertThat(past.view("a/m").state().errors()).isZero();
        assertThat(past.view("a/m").state().cooldown().active(clock.nanos())).isTrue();
    }
}
