package dev.tierway.adapter.providers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tierway.adapter.providers.simulated.ScriptedFault;
import dev.tierway.adapter.providers.simulated.SimulatedFault;
import dev.tierway.adapter.providers.simulated.SimulatedScript;
import dev.tierway.adapter.providers.simulated.Stage;
import dev.tierway.application.port.out.ReplyEvent;
import dev.tierway.domain.failure.Failure;
import dev.tierway.domain.failure.FailureClass;
import dev.tierway.domain.failure.Processed;
import dev.tierway.domain.money.TokenUsage.Counted;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What every transport makes of a far end that fails. */
public abstract class TransportFaultContract extends TransportBench {
    @ParameterizedTest
    @CsvSource({
        "400,INVALID_REQUEST",
        "401,CREDENTIAL",
        "402,ACCOUNT_EXHAUSTED",
        "404,MISCONFIGURED",
        "408,TIMEOUT",
        "422,INVALID_REQUEST",
        "429,RATE_LIMITED",
        "500,UPSTREAM_FAULT",
        "503,OVERLOADED",
        "529,OVERLOADED",
    })
    void a_refusal_has_the_class_of_its_status(int status, FailureClass expected) {
        scripts.standard(SimulatedScript.HEALTHY.fault(ScriptedFault.status(status)));
        Failure unary = run(Attempts.unary(Attempts.neutral("x"))).awaitFailure();
        Failure stream = run(Attempts.stream(Attempts.neutral("x"))).awaitFailure();
        assertThat(unary.failureClass()).isEqualTo(expected);
        assertThat(unary.upstreamStatus()).isEqualTo(status);
        assertThat(stream).isEqualTo(unary);
    }

    @Test
    void a_rate_limit_says_when_to_come_back() {
        scripts.standard(SimulatedScript.HEALTHY.fault(ScriptedFault.status(429).header("retry-after", "2")));
        assertThat(run(Attempts.unary(Attempts.neutral("x"))).awaitFailure().retryAfterMillis())
                .isEqualTo(2000);
    }

    @ParameterizedTest
    @EnumSource(
            value = SimulatedFault.class,
            names = {"RESET", "CLOSE"})
    void a_cut_before_the_first_token_is_a_transport_failure_of_unknown_outcome(SimulatedFault cut) {
        scripts.standard(SimulatedScript.HEALTHY.fault(ScriptedFault.of(cut).at(Stage.BEFORE_FIRST_TOKEN)));
        for (boolean stream : new boolean[] {false, true}) {
            Failure failure = run(Attempts.of(Attempts.neutral("x"), stream, Attempts.PATIENT))
                    .awaitFailure();
            assertThat(failure.failureClass()).isEqualTo(FailureClass.TRANSPORT);
            assertThat(failure.processed()).isEqualTo(Processed.UNKNOWN);
            assertThat(failure.scope()).isEqualTo(Failure.Scope.REPLICA);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = SimulatedFault.class,
            names = {"CLOSE", "TRUNCATED", "ERROR_IN_200", "GARBAGE", "HALF_JSON"})
    void what_was_told_before_the_first_token_is_known_when_none_follows(SimulatedFault cut) {
        scripts.standard(SimulatedScript.HEALTHY.fault(ScriptedFault.of(cut).at(Stage.BEFORE_FIRST_TOKEN)));
        Failure failure = run(Attempts.stream(Attempts.neutral("x"))).awaitFailure();
        assertThat(failure.usage() != null).as(failure.toString()).isEqualTo(tellsInputFirst());
        if (failure.usage() != null) {
            assertThat(failure.usage().input()).isEqualTo(inputOfBroken());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = SimulatedFault.class,
            names = {"RESET", "CLOSE", "TRUNCATED", "ERROR_IN_200", "GARBAGE", "HALF_JSON"})
    void a_cut_after_the_first_token_is_a_broken_stream_with_what_was_seen(SimulatedFault cut) {
        scripts.standard(SimulatedScript.HEALTHY.fault(ScriptedFault.of(cut).at(Stage.MID_STREAM)));
        RecordingSink sink = run(Attempts.stream(Attempts.neutral("x")));
        Failure failure = sink.awaitFailure();
        assertThat(failure.failureClass()).isEqualTo(FailureClass.STREAM_BROKEN);
        assertThat(failure.usage().how()).isEqualTo(Counted.ESTIMATED);
        assertThat(failure.usage().input()).isEqualTo(inputOfBroken());
        assertThat(failure.usage().output()).isPositive();
        assertThat(sink.text()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = SimulatedFault.class,
            names = {
                "ERROR_IN_200",
                "GARBAGE",
                "HALF_JSON",
                "WRONG_CONTENT_TYPE",
                "HUGE_BODY",
                "HUGE_HEADER",
                "GZIP",
                "BROKEN_TEXT",
                "CONFLICTING_HEADERS",
                "REDIRECT"
            })
    void nonsense_is_the_vendors_fault(SimulatedFault nonsense) {
        scripts.standard(
                SimulatedScript.HEALTHY.fault(ScriptedFault.of(nonsense).at(Stage.BEFORE_FIRST_TOKEN)));
        for (boolean stream : new boolean[] {false, true}) {
            Failure failure = run(Attempts.of(Attempts.neutral("x"), stream, Attempts.PATIENT))
                    .awaitFailure();
            assertThat(failure.failureClass())
                    .as(nonsense + (stream ? " in a stream" : " in a unary reply"))
                    .isEqualTo(FailureClass.UPSTREAM_FAULT);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = SimulatedFault.class,
            names = {"NO_USAGE", "NEGATIVE_USAGE", "ABSURD_USAGE"})
    void usage_that_is_missing_or_wrong_is_estimated(SimulatedFault fault) {
        scripts.standard(SimulatedScript.HEALTHY.fault(ScriptedFault.of(fault)));
        for (boolean stream : new boolean[] {false, true}) {
            RecordingSink sink = run(Attempts.of(Attempts.neutral("x"), stream, Attempts.PATIENT));
            assertThat(sink.awaitEnd().how()).isEqualTo(Counted.ESTIMATED);
            assertThat(sink.awaitEnd().input()).isEqualTo(Attempts.INPUT_ESTIMATE);
            assertThat(sink.awaitEnd().output()).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = SimulatedFault.class,
            names = {"SPLIT_PACKETS", "DUPLICATE_HEADERS", "USAGE_TWICE", "WRONG_MODEL"})
    void oddities_do_no_harm(SimulatedFault fault) {
        scripts.standard(SimulatedScript.HEALTHY.fault(ScriptedFault.of(fault)));
        RecordingSink stream = run(Attempts.stream(Attempts.neutral("Grüße 👋")));
        assertThat(stream.awaitEnd().output()).isEqualTo(24);
        assertThat(stream.text()).contains("Grüße 👋");
        RecordingSink unary = run(Attempts.unary(Attempts.neutral("Grüße 👋")));
        assertThat(unary.awaitEnd().output()).isEqualTo(24);
        assertThat(unary.whole().text()).contains("Grüße 👋");
    }

    @ParameterizedTest
    @EnumSource(
            value = SimulatedFault.class,
            names = {"STALL", "COMMENTS_ONLY", "DRIP", "SLOW_HEADERS"})
    void silence_before_the_first_token_is_a_timeout(SimulatedFault silence) {
        scripts.standard(SimulatedScript.HEALTHY.fault(ScriptedFault.of(silence).at(Stage.BEFORE_FIRST_TOKEN)));
        Failure stream = run(Attempts.of(Attempts.neutral("x"), true, Attempts.clocks(60_000, 150, 60_000, 60_000)))
                .awaitFailure();
        Failure unary = run(Attempts.of(Attempts.neutral("x"), false, Attempts.clocks(60_000, 60_000, 60_000, 150)))
                .awaitFailure();
        assertThat(stream.failureClass()).isEqualTo(FailureClass.TIMEOUT);
        assertThat(stream.processed()).isEqualTo(Processed.UNKNOWN);
        assertThat(stream.usage() != null).isEqualTo(tellsInputFirst() && silence != SimulatedFault.SLOW_HEADERS);
        assertThat(unary.failureClass()).isEqualTo(FailureClass.TIMEOUT);
    }

    @ParameterizedTest
    @EnumSource(
            value = SimulatedFault.class,
            names = {"STALL", "COMMENTS_ONLY", "DRIP"})
    void silence_after_the_first_token_is_an_idle_timeout_with_what_was_seen(SimulatedFault silence) {
        scripts.standard(SimulatedScript.HEALTHY.fault(ScriptedFault.of(silence).at(Stage.MID_STREAM)));
        RecordingSink sink =
                run(Attempts.of(Attempts.neutral("x"), true, Attempts.clocks(60_000, 60_000, 150, 60_000)));
        Failure failure = sink.awaitFailure();
        assertThat(failure.failureClass()).isEqualTo(FailureClass.TIMEOUT);
        assertThat(failure.usage().output()).isPositive();
        assertThat(sink.text()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = SimulatedFault.class, mode = EnumSource.Mode.EXCLUDE, names = "ENDLESS")
    void every_fault_at_every_stage_ends_an_attempt_once_and_in_its_class(SimulatedFault fault) {
        for (Stage stage : Stage.values()) {
            scripts.standard(
                    SimulatedScript.HEALTHY.fault(ScriptedFault.of(fault).at(stage)));
            for (boolean stream : new boolean[] {false, true}) {
                RecordingSink sink =
                        run(Attempts.of(Attempts.wire(stream), stream, Attempts.clocks(60_000, 150, 150, 150)));
                Failure failure = sink.awaitEnding().failure();
                boolean begun = sink.events().stream().anyMatch(ReplyEvent::semantic);
                if (failure == null) {
                    assertThat(begun).isTrue();
                } else {
                    assertThat(failure.failureClass())
                            .as(fault + " at " + stage + (stream ? ", streamed" : ", unary"))
                            .isIn(
                                    begun
                                            ? List.of(FailureClass.STREAM_BROKEN, FailureClass.TIMEOUT)
                                            : List.of(
                                                    FailureClass.TRANSPORT,
                                                    FailureClass.UPSTREAM_FAULT,
                                                    FailureClass.TIMEOUT));
                }
            }
        }
    }
}
