package dev.tierway.application.error;

import static dev.tierway.domain.fixture.Failures.failure;
import static dev.tierway.domain.fixture.Failures.retryAfter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tierway.domain.call.AttemptId;
import dev.tierway.domain.call.CallResult;
import dev.tierway.domain.call.Selection;
import dev.tierway.domain.catalogue.ReplicaId;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.failure.Processed;
import dev.tierway.domain.fixture.Fleet;
import dev.tierway.domain.fixture.Limits;
import dev.tierway.domain.fixture.ManualClock;
import dev.tierway.domain.fixture.Requests;
import dev.tierway.domain.fixture.ScriptedCall;
import dev.tierway.domain.fleet.ReplicaRegistry;
import dev.tierway.domain.money.TokenUsage;
import dev.tierway.domain.quota.Dimension;
import dev.tierway.domain.routing.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a caller is told, for every way in which a call can end. */
class ErrorsTest {
    private static final ReplicaId REPLICA = new ReplicaId("a/m");

    /** A call that failed once and then ended like that, half a second after it began. */
    private static Selection ending(@Nullable CallResult result) {
        ManualClock clock = new ManualClock();
        ReplicaRegistry registry = Fleet.of("a/m").registry();
        ScriptedCall call = ScriptedCall.call(registry, Requests.tier(registry.catalogue()), clock)
                .started();
        clock.advance(Duration.ofMillis(500));
        Selection real = call.fails(FailureClass.UPSTREAM_FAULT).selection();
        return new Selection(
                real.identity(),
                real.generation(),
                real.seed(),
                real.features(),
                real.policy(),
                real.rounds(),
                result,
                List.of());
    }

    private static TierwayException of(CallResult result) {
        return Errors.of(ending(result));
    }

    private static long inSeconds(double seconds) {
        return ManualClock.START + (long) ((0.5 + seconds) * 1e9);
    }

    static Stream<Arguments> classes() {
        return Map.ofEntries(
                        Map.entry(FailureClass.INVALID_REQUEST, "InvalidRequestException 400 invalid_request"),
                        Map.entry(FailureClass.CONTEXT_TOO_LONG, "InvalidRequestException 400 context_length_exceeded"),
                        Map.entry(FailureClass.CONTENT_POLICY, "InvalidRequestException 400 content_policy_violation"),
                        Map.entry(
                                FailureClass.ACCOUNT_EXHAUSTED,
                                "AllReplicasExhaustedException 502 upstream_account_exhausted"),
                        Map.entry(
                                FailureClass.MISCONFIGURED,
                                "AllReplicasExhaustedException 502 upstream_model_unavailable"),
                        Map.entry(
                                FailureClass.ENDPOINT_NOT_OFFERED,
                                "AllReplicasExhaustedException 501 unsupported_endpoint"),
                        Map.entry(FailureClass.CREDENTIAL, "AllReplicasExhaustedException 502 upstream_credentials"),
                        Map.entry(FailureClass.RATE_LIMITED, "AllReplicasExhaustedException 429 upstream_rate_limited"),
                        Map.entry(FailureClass.OVERLOADED, "AllReplicasExhaustedException 503 upstream_overloaded"),
                        Map.entry(FailureClass.UPSTREAM_FAULT, "AllReplicasExhaustedException 502 upstream_error"),
                        Map.entry(FailureClass.TRANSPORT, "AllReplicasExhaustedException 502 upstream_unreachable"),
                        Map.entry(FailureClass.TIMEOUT, "AllReplicasExhaustedException 504 upstream_timeout"),
                        Map.entry(FailureClass.STREAM_BROKEN, "AllReplicasExhaustedException 502 stream_broken"),
                        Map.entry(FailureClass.CANCELLED, "AllReplicasExhaustedException 499 cancelled"),
                        Map.entry(FailureClass.INTERNAL, "AllReplicasExhaustedException 500 internal_error"))
                .entrySet()
                .stream()
                .map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @Test
    void every_class_is_in_the_table() {
        assertThat(classes().map(one -> one.get()[0])).containsExactlyInAnyOrder((Object[]) FailureClass.values());
    }

    @ParameterizedTest
    @MethodSource("classes")
    void a_call_whose_attempts_failed_is_told_by_the_last_class(FailureClass kind, String expected) {
        TierwayException thrown = of(new CallResult.Exhausted(REPLICA, failure(kind)));

        assertThat(thrown.getClass().getSimpleName() + " " + thrown.httpStatus() + " " + thrown.code())
                .isEqualTo(expected);
        assertThat(thrown.selection()).isPresent();
        assertThat(thrown.getMessage()).isNotBlank();
    }

    @Test
    void a_request_the_vendor_found_wrong_keeps_the_vendors_status_and_message() {
        TierwayException thrown = of(new CallResult.Exhausted(
                REPLICA,
                new Failure(
                        FailureClass.INVALID_REQUEST,
                        Failure.Scope.REPLICA,
                        Processed.NO,
                        422,
                        null,
                        null,
                        "top_k must be positive")));

        assertThat(thrown.httpStatus()).isEqualTo(422);
        assertThat(thrown).hasMessage("top_k must be positive");
        assertThat(thrown.retryable()).isFalse();
    }

    @Test
    void a_rate_limit_of_the_vendor_tells_when_to_come_back() {
        TierwayException told = of(new CallResult.Exhausted(REPLICA, retryAfter(FailureClass.RATE_LIMITED, 7000)));
        TierwayException untold = of(new CallResult.Exhausted(REPLICA, failure(FailureClass.RATE_LIMITED)));

        assertThat(told.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(untold.retryAfter()).contains(Duration.ofSeconds(1));
        assertThat(told.retryable()).isTrue();
    }

    @Test
    void our_own_fault_is_not_worth_a_retry() {
        assertThat(of(new CallResult.Exhausted(REPLICA, failure(FailureClass.INTERNAL)))
                        .retryable())
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(Refusal.Reason.class)
    void a_refusal_is_told_by_its_reason(Refusal.Reason reason) {
        TierwayException thrown = of(new CallResult.Refused(new Refusal(reason, null)));

        assertThat(thrown)
                .isInstanceOf(
                        reason == Refusal.Reason.UNSUPPORTED_PARAMETER
                                ? InvalidRequestException.class
                                : NoEligibleReplicaException.class);
        assertThat(thrown.httpStatus()).isEqualTo(reason.httpStatus());
        assertThat(thrown.code()).isEqualTo(reason.code());
        boolean waiting = reason == Refusal.Reason.CAPACITY_EXHAUSTED || reason == Refusal.Reason.NO_HEALTHY_REPLICA;
        assertThat(thrown.retryable()).isEqualTo(waiting);
        assertThat(thrown.retryAfter().isPresent()).isEqualTo(waiting);
    }

    @Test
    void a_refusal_tells_how_long_it_still_lasts_at_the_calls_end() {
        TierwayException thrown =
                of(new CallResult.Refused(new Refusal(Refusal.Reason.CAPACITY_EXHAUSTED, inSeconds(12))));

        assertThat(thrown.retryAfter()).contains(Duration.ofSeconds(12));
    }

    @ParameterizedTest
    @EnumSource(Dimension.class)
    void a_limit_of_the_callers_own_is_money_or_rate(Dimension dimension) {
        TierwayException thrown = of(new CallResult.LimitReached(Limits.ofCaller(dimension), inSeconds(3), 0, 1));

        if (dimension == Dimension.MONEY) {
            assertThat(thrown).isInstanceOf(BudgetExceededException.class);
            assertThat(thrown.httpStatus() + " " + thrown.code()).isEqualTo("402 budget_exceeded");
        } else {
            assertThat(thrown).isInstanceOf(QuotaExceededException.class);
            assertThat(thrown.httpStatus() + " " + thrown.code()).isEqualTo("429 rate_limit_exceeded");
        }
        assertThat(thrown.retryAfter()).contains(Duration.ofSeconds(3));
        assertThat(of(new CallResult.LimitReached(Limits.ofCaller(dimension), null, 0, 1))
                        .retryable())
                .isFalse();
    }

    @Test
    void the_other_ends() {
        assertThat(of(new CallResult.QuotaUnavailable("down")))
                .isInstanceOf(OverloadedException.class)
                .hasMessageContaining("down")
                .matches(thrown -> is(thrown, 503, "quota_unavailable"));
        assertThat(of(new CallResult.DeadlineExceeded(true)))
                .isInstanceOf(DeadlineExceededException.class)
                .matches(thrown -> is(thrown, 504, "deadline_exceeded"));
        assertThat(of(new CallResult.DeadlineExceeded(false)))
                .isInstanceOf(DeadlineExceededException.class)
                .matches(thrown -> is(thrown, 504, "upstream_timeout"));
        assertThat(of(new CallResult.ClientGone()))
                .isInstanceOf(CallCancelledException.class)
                .matches(thrown -> is(thrown, 499, "cancelled"));
        assertThat(of(new CallResult.StoppedBy("shutdown")))
                .isInstanceOf(CallCancelledException.class)
                .hasMessageContaining("shutdown")
                .matches(thrown -> is(thrown, 503, "shutting_down"));
    }

    private static boolean is(Throwable thrown, int status, String code) {
        TierwayException one = (TierwayException) thrown;
        return one.httpStatus() == status && one.code().equals(code);
    }

    @Test
    void a_broken_stream_carries_what_had_come() {
        Failure broken = new Failure(
                FailureClass.STREAM_BROKEN,
                Failure.Scope.REPLICA,
                Processed.YES,
                null,
                null,
                TokenUsage.estimated(1000, 7),
                "cut");

        StreamBrokenException thrown =
                (StreamBrokenException) Errors.of(ending(new CallResult.Broken(REPLICA, broken, false)), "half an ans");

        assertThat(thrown.partialText()).isEqualTo("half an ans");
        assertThat(thrown.usage()).contains(TokenUsage.estimated(1000, 7));
        assertThat(thrown.code()).isEqualTo("stream_broken");
        assertThat(thrown).hasMessageContaining("a/m").hasMessageContaining("cut");
    }

    @Test
    void a_message_names_the_attempts_and_what_to_do_next() {
        TierwayException thrown = of(new CallResult.Exhausted(REPLICA, failure(FailureClass.CREDENTIAL)));

        assertThat(thrown).hasMessageContaining("a/m failed (upstream_fault)").hasMessageContaining("api-key");
    }

    @Test
    void a_call_that_delivered_and_a_dry_run_are_no_errors() {
        assertThatThrownBy(() -> of(
                        new CallResult.Delivered(new AttemptId("call", 1), REPLICA, TokenUsage.reported(1, 1), null)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Errors.of(ending(null))).isInstanceOf(IllegalArgumentException.class);
    }
}
